import { html, nothing } from 'lit';
import type { Group } from '../../../src/core/query.ts';
import { isUnpriced } from '../../../src/core/totals.ts';
import { promptTokens } from '../../../src/core/usage.ts';
import { cacheShare } from '../compare.ts';
import type { Scene } from '../scene.ts';
import type { TableName } from '../uiState.ts';
import type { Column } from './sortable.ts';

/** A group's name for people; '' is what the records did not name. */
export function nameOf(table: TableName, group: Group, scene: Scene): string {
  if (table === 'day') return scene.fig.date(group.key);
  return group.label || group.key || scene.t('(none recorded)');
}

/** The columns of every table of groups. `most` is the greatest list value, which the bars are drawn against. */
export function groupColumns(table: TableName, title: string, most: number, scene: Scene): readonly Column<Group>[] {
  const { t, fig } = scene;
  const name: Column<Group> = {
    id: 'name',
    title,
    numeric: false,
    from: 'narrow',
    // Days sort as dates, whatever their labels look like.
    value: (g) => (table === 'day' ? g.key : nameOf(table, g, scene)),
    cell: (g) => nameOf(table, g, scene),
  };
  const cost = number('cost', t('List value'), 'narrow', (g) => g.totals.listCost, fig.usd);
  return [
    name,
    { ...cost, cell: (g) => costCell(g, most, scene) },
    number('calls', t('Calls'), 'narrow', (g) => g.totals.calls, fig.whole),
    number('in', t('Tokens in'), 'middle', (g) => promptTokens(g.totals.tokens), fig.tokens),
    number('cached', t('Cached'), 'wide', (g) => cacheShare(g.totals.tokens), fig.share),
    number('out', t('Tokens out'), 'middle', (g) => g.totals.tokens.output, fig.tokens),
    number('last', t('Last call'), 'wide', (g) => g.lastAt, fig.when),
  ];
}

function number<T extends number | null>(
  id: string,
  title: string,
  from: Column<Group>['from'],
  value: (g: Group) => T,
  write: (value: T) => string,
): Column<Group> {
  return { id, title, numeric: true, from, value, cell: (g) => write(value(g)) };
}

function costCell({ totals }: Group, most: number, { t, fig }: Scene): unknown {
  if (isUnpriced(totals)) return html`<span class="unpriced">${t('unpriced')}</span>`;
  const width = most > 0 ? Math.max(0, Math.min(100, (totals.listCost / most) * 100)) : 0;
  return html`<span class="cost">
    <span class="bar" aria-hidden="true"><i style="width:${width.toFixed(1)}%"></i></span>${fig.usd(totals.listCost)}
  </span>`;
}

/** Behind the name of a group of which only some calls have a price. */
export function unpricedNote({ totals }: Group, { t, fig }: Scene): unknown {
  if (totals.unpriced.calls === 0 || isUnpriced(totals)) return nothing;
  const models = totals.unpriced.models.join(', ');
  return html` <span class="unpriced" title=${models}>+${t('{0} unpriced', fig.whole(totals.unpriced.calls))}</span>`;
}
