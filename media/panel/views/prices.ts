import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { PriceRow } from '../../../src/core/query.ts';
import { maybeLink, searchField } from '../controls.ts';
import type { Scene } from '../scene.ts';
import { restOf } from '../table/rest.ts';
import { searchRows, sortRows } from '../table/rows.ts';
import { cellClass, sortableHead } from '../table/sortable.ts';
import type { Column } from '../table/sortable.ts';

/** Every rate the meter knows, with where and when it was read. */
export function pricesView(scene: Scene): TemplateResult {
  const { model, t, fig, act } = scene;
  const prices = model.prices.value;
  if (prices === null) return html`<p class="none">${model.prices.error === null ? t('Fetching prices…') : ''}</p>`;
  const columns = priceColumns(scene);
  const sort = model.ui.sort['prices'] ?? { column: 'model', descending: false };
  const found = searchRows(prices.rows, (r) => [r.model, r.provider, r.source], model.ui.priceSearch);
  const rows = sortRows(found, columns, sort).slice(0, model.shown);
  return html`<section class="tables prices" data-testid="prices">
    <div class="section-head">
      <p class="faint">
        ${t('US dollars per million tokens.')}
        ${prices.refreshedAt === null ? t('As shipped with this version.') : t('Refreshed {0}.', fig.when(prices.refreshedAt))}
      </p>
      ${searchField(model.ui.priceSearch, t('Search models'), act.searchPrices)}
    </div>
    <div class="wide-table" tabindex="0" role="region" aria-label=${t('Prices')}>
      <table class="rows plain">
        ${sortableHead(columns, sort, (column, descending) => act.sortBy('prices', column, descending))}
        <tbody>
          ${rows.map(
            (r) =>
              html`<tr>
                ${columns.map((c) => html`<td class=${cellClass(c)}>${c.cell(r)}</td>`)}
              </tr>`,
          )}
        </tbody>
      </table>
    </div>
    ${restOf(found.length, rows.length, scene)}
  </section>`;
}

function text(
  id: string,
  title: string,
  value: (r: PriceRow) => string | null,
  cell: (r: PriceRow) => unknown = value,
): Column<PriceRow> {
  return { id, title, numeric: false, from: 'narrow', value, cell: (r) => cell(r) ?? '–' };
}

function priceColumns({ t, fig }: Scene): readonly Column<PriceRow>[] {
  const number = (
    id: string,
    title: string,
    value: (r: PriceRow) => number | null,
    write = fig.rate,
  ): Column<PriceRow> => ({
    id,
    title,
    numeric: true,
    from: 'narrow',
    value,
    cell: (r) => {
      const n = value(r);
      return n === null ? '–' : write(n);
    },
  });
  return [
    text('model', t('Model'), (r) => r.model),
    text('provider', t('Provider'), (r) => r.provider),
    number('input', t('Input'), (r) => r.input),
    number('cacheRead', t('Cache read'), (r) => r.cacheRead),
    number('cacheWrite5m', t('Write 5 min'), (r) => r.cacheWrite5m),
    number('cacheWrite1h', t('Write 1 h'), (r) => r.cacheWrite1h),
    number('output', t('Output'), (r) => r.output),
    number('longContextAbove', t('For prompts above'), (r) => r.longContextAbove, fig.tokens),
    text(
      'from',
      t('Since'),
      (r) => r.from,
      (r) => r.from && fig.date(r.from),
    ),
    text(
      'sourceDate',
      t('Checked'),
      (r) => r.sourceDate,
      (r) => fig.date(r.sourceDate),
    ),
    text(
      'source',
      t('Source'),
      (r) => r.source,
      (r) => html`<span title=${r.source}>${maybeLink(r.source, true)}</span>`,
    ),
  ];
}
