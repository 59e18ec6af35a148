import { html } from 'lit';
import type { TemplateResult } from 'lit';
import type { Breakdown } from '../../../src/core/query.ts';
import type { Scene } from '../scene.ts';
import type { Column } from './layout.ts';
import { colourOf } from './palette.ts';

const tipWidth = 220;

/** The figures of one column beside it, biggest series first. `x` is the column's middle in pixels. */
export function tip(column: Column, x: number, width: number, scene: Scene): TemplateResult {
  const { model, fig, t } = scene;
  const left = x + 12 + tipWidth > width ? Math.max(0, x - 12 - tipWidth) : x + 12;
  const segments = column.segments.toSorted((a, b) => b.value - a.value);
  return html`<div class="tip" aria-hidden="true" style="left:${left.toFixed(0)}px;width:${tipWidth}px">
    <p><span>${column.label}</span><b>${fig.usd(column.total)}</b></p>
    ${segments.map(
      (s) =>
        html`<p>
          <span
            ><i class="swatch" style="--series:${colourOf(s.key, model.palette)}"></i
            >${s.label || t('(none recorded)')}</span
          >${fig.usd(s.value)}
        </p>`,
    )}
  </div>`;
}

/** The chart in words: a table for screen readers only. */
export function hiddenTable(
  name: string,
  series: Breakdown['chart']['series'],
  columns: readonly Column[],
  { t, fig }: Scene,
): TemplateResult {
  return html`<div class="hidden-text">
    <table>
      <caption>
        ${name}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('Time')}</th>
          ${series.map((s) => html`<th scope="col">${s.label || t('(none recorded)')}</th>`)}
          <th scope="col">${t('Total')}</th>
        </tr>
      </thead>
      <tbody>
        ${columns.map(
          (column) =>
            html`<tr>
              <th scope="row">${column.label}</th>
              ${series.map((s) => html`<td>${fig.usd(valueOf(column, s.key))}</td>`)}
              <td>${fig.usd(column.total)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function valueOf(column: Column, key: string): number {
  return column.segments.find((s) => s.key === key)?.value ?? 0;
}
