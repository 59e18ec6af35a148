import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Breakdown } from '../../../src/core/query.ts';
import { isUnpriced } from '../../../src/core/totals.ts';
import type { Totals } from '../../../src/core/totals.ts';
import { promptTokens } from '../../../src/core/usage.ts';
import { cacheShare, changeOf } from '../compare.ts';
import type { Scene } from '../scene.ts';

interface Figure {
  readonly id: string;
  readonly name: string;
  readonly text: string;
  readonly note?: string | TemplateResult;
  readonly warns?: boolean;
  /** What is compared with the period before, and how it is written; null when it is not compared. */
  readonly compare: { readonly of: (totals: Totals) => number; readonly write: (value: number) => string } | null;
}

/** The figures of the whole period, each against the period of equal length before it. */
export function headline({ totals, previous }: Breakdown, scene: Scene): TemplateResult {
  return html`<dl class="headline">
    ${figuresOf(totals, scene).map(
      (figure) =>
        html`<div data-testid="headline-${figure.id}" class="figure figure-${figure.id}">
          <dt>${figure.name}</dt>
          <dd>
            <span class=${figure.warns ? 'value unpriced' : 'value'}>${figure.text}</span>
            ${figure.note === undefined ? nothing : html`<span class="note">${figure.note}</span>`}
            ${figure.compare === null || previous === null ? nothing : changeText(figure.compare, totals, previous, scene)}
          </dd>
        </div>`,
    )}
  </dl>`;
}

function figuresOf(totals: Totals, scene: Scene): Figure[] {
  const { t, fig, model } = scene;
  const { tokens } = totals;
  const counted = (id: string, name: string, of: (x: Totals) => number, write = fig.whole, note?: string): Figure => ({
    id,
    name,
    text: write(of(totals)),
    ...(note === undefined ? {} : { note }),
    compare: { of, write },
  });
  const cost = counted('cost', t('List value'), (x) => x.listCost, fig.usd);
  const thought = t('{0} of output', fig.share(tokens.output === 0 ? null : tokens.thinking / tokens.output));
  return [
    {
      ...cost,
      text: isUnpriced(totals) ? t('unpriced') : cost.text,
      note: model.snapshot?.subscription ? t('value, not a bill') : t('at each day’s list prices'),
    },
    {
      id: 'paid',
      name: t('Out of pocket'),
      text: totals.outOfPocket === null ? t('not known yet') : fig.usd(totals.outOfPocket),
      compare: null,
    },
    counted('calls', t('Calls'), (x) => x.calls),
    counted(
      'in',
      t('Tokens in'),
      (x) => promptTokens(x.tokens),
      fig.tokens,
      t('{0} from cache', fig.share(cacheShare(tokens))),
    ),
    counted('out', t('Tokens out'), (x) => x.tokens.output, fig.tokens),
    counted('thinking', t('Thinking'), (x) => x.tokens.thinking, fig.tokens, thought),
    counted('searches', t('Web searches'), (x) => x.webSearches),
    unpricedFigure(totals, scene),
  ];
}

function unpricedFigure(totals: Totals, { t, fig }: Scene): Figure {
  const { calls, tokens, models } = totals.unpriced;
  const named = html`<span title=${models.join(', ')}>${t('{0} tokens without a price', fig.tokens(tokens))}</span>`;
  return {
    id: 'unpriced',
    name: t('Unpriced calls'),
    text: fig.whole(calls),
    ...(calls > 0 ? { note: named, warns: true } : {}),
    compare: null,
  };
}

function changeText(
  { of, write }: NonNullable<Figure['compare']>,
  totals: Totals,
  previous: Totals,
  { t, fig }: Scene,
): TemplateResult | typeof nothing {
  const change = changeOf(of(totals), of(previous));
  if (change === null) return nothing;
  const before = write(of(previous));
  const percent = fig.share(Math.abs(change.share));
  const seen = { up: `▲ ${percent}`, down: `▼ ${percent}`, same: '=' }[change.direction];
  const spoken = {
    up: t('up {0} from {1}', percent, before),
    down: t('down {0} from {1}', percent, before),
    same: t('as before: {0}', before),
  }[change.direction];
  return html`<span class="change" title=${t('Against the period of the same length before')}
    ><span aria-hidden="true">${seen} <span class="before">${t('vs. {0}', before)}</span></span
    ><span class="hidden-text">${spoken}, ${t('in the period before')}</span></span
  >`;
}
