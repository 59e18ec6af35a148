import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { CallPart } from '../../../src/core/query.ts';
import { factorsOf, feesOf, linesOf, sumOf } from '../arithmetic.ts';
import type { TokenClass } from '../arithmetic.ts';
import type { Scene } from '../scene.ts';

/** Tokens × rate × factors = cost, a line per class. `named` when the call has several parts to tell apart. */
export function arithmeticTable(part: CallPart, named: boolean, scene: Scene): TemplateResult {
  const { t, fig } = scene;
  const total = sumOf(part);
  const factors = part.rate === null ? [] : factorsOf(part.rate);
  return html`<table class="arithmetic">
    <caption class=${named ? '' : 'hidden-text'}>
      ${named ? part.model : t('How the price came about')}
    </caption>
    <thead>
      <tr>
        <th scope="col" class="text">${t('Class')}</th>
        <th scope="col" class="num">${t('Tokens')}</th>
        <th scope="col" class="num">${t('Per million')}</th>
        ${factors.length > 0 ? html`<th scope="col" class="num">${t('Factors')}</th>` : nothing}
        <th scope="col" class="num">${t('Cost')}</th>
      </tr>
    </thead>
    <tbody>
      ${rowsOf(part, scene).map((cells) => row(cells, factors.length > 0))}
    </tbody>
    <tfoot>
      <tr>
        <th scope="row" class="text" colspan=${factors.length > 0 ? 4 : 3}>${t('List value')}</th>
        <td class="num">${total === null ? t('unpriced') : fig.exactUsd(total)}</td>
      </tr>
    </tfoot>
  </table>`;
}

interface Cells {
  readonly name: string;
  readonly count: string;
  readonly each: string;
  readonly times: string;
  readonly cost: string;
}

function row({ name, count, each, times, cost }: Cells, factors: boolean): TemplateResult {
  return html`<tr>
    <th scope="row" class="text">${name}</th>
    <td class="num">${count}</td>
    <td class="num">${each}</td>
    ${factors ? html`<td class="num">${times}</td>` : nothing}
    <td class="num">${cost}</td>
  </tr>`;
}

function rowsOf(part: CallPart, scene: Scene): Cells[] {
  const { t, fig } = scene;
  const names = classNames(scene);
  const factors = part.rate === null ? [] : factorsOf(part.rate);
  const times = factors.map((f) => `× ${fig.plain(f.times)}`).join(' ');
  const rows = linesOf(part).map(({ name, tokens, perMillion, pico }) => ({
    name: names[name],
    count: fig.whole(tokens),
    each: perMillion === null ? '–' : `× ${fig.rate(perMillion)}`,
    times,
    cost: pico === null ? t('unpriced') : fig.exactUsd(pico),
  }));
  const fees = feesOf(part);
  if (fees === null) return rows;
  const [count, each] =
    fees.searches === null ? ['', ''] : [fig.whole(fees.searches), t('× {0} each', fig.usd(fees.each))];
  // No factor touches a fee.
  return [...rows, { name: t('Web searches'), count, each, times: '', cost: fig.exactUsd(fees.pico) }];
}

function classNames({ t }: Scene): Readonly<Record<TokenClass, string>> {
  return {
    input: t('Input, uncached'),
    cacheRead: t('Cache read'),
    cacheWrite5m: t('Cache write, 5 min'),
    cacheWrite1h: t('Cache write, 1 hour'),
    output: t('Output'),
  };
}
