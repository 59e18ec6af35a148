import { html, nothing, svg } from 'lit';
import type { TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { Breakdown } from '../../../src/core/query.ts';
import type { Scene } from '../scene.ts';
import { foldSeries, labelEvery, layOut } from './layout.ts';
import type { Column, Layout } from './layout.ts';
import { legend } from './legend.ts';
import { colourOf, mostSeries, paint } from './palette.ts';
import { hiddenTable, tip } from './reading.ts';

const height = 168;
const margin = { top: 10, right: 4, bottom: 22, left: 48 };

/** What the drawing functions share. */
interface Frame {
  readonly scene: Scene;
  readonly chart: Breakdown['chart'];
  readonly layout: Layout;
  readonly width: number;
  /** Pixels per column. */
  readonly band: number;
}

/** The stacked bars with legend, reading aid and a table that says the same to a screen reader. */
export function chartView(chart: Breakdown['chart'], scene: Scene): TemplateResult {
  const { model, t } = scene;
  const width = Math.max(200, model.width);
  const plot = width - margin.left - margin.right;
  const series = foldSeries(chart, mostSeries, t('Other'));
  paint(series, model.palette);
  // Below 4 pixels a column can neither be seen nor hit: neighbours then share one.
  const layout = layOut(named(chart, scene), series, model.ui.hidden, height, plot / 4);
  const frame = { scene, chart, layout, width, band: plot / Math.max(1, layout.columns.length) };
  const pointed = model.column === null ? undefined : layout.columns[model.column];
  const name = chart.bucket === 'hour' ? t('List value by hour') : t('List value by day');
  return html`<figure class="chart" data-testid="chart" aria-label=${name}>
    <div class="plot" @pointerleave=${() => scene.act.point(null)}>
      <svg width=${width} height=${height + margin.top + margin.bottom} role="group" aria-label=${name}>
        ${grid(frame)}
        <g @keydown=${moveBetweenColumns}>${layout.columns.map((column, i) => bar(column, i, frame))}</g>
      </svg>
      ${
        pointed === undefined
          ? nothing
          : tip(pointed, margin.left + ((model.column ?? 0) + 0.5) * frame.band, width, scene)
      }
    </div>
    ${legend(series, scene)}
    ${guard([chart, model.ui.hidden, width, t], () => hiddenTable(name, series, layout.columns, scene))}
  </figure>`;
}

/** The buckets as the user's language writes them. */
function named(chart: Breakdown['chart'], { fig }: Scene): Breakdown['chart'] {
  const name = chart.bucket === 'hour' ? fig.dayAndHour : fig.day;
  return { ...chart, buckets: chart.buckets.map(({ at }) => ({ at, label: name(at) })) };
}

function grid({ layout, width, band, scene, chart }: Frame): unknown {
  const every = labelEvery(layout.columns.length, width - margin.left, 64);
  const name = chart.bucket === 'hour' ? scene.fig.hour : scene.fig.shortDay;
  return svg`<g class="grid" aria-hidden="true">
    ${layout.ticks.map((tick) => {
      const y = margin.top + height - (tick / layout.top) * height;
      return svg`<line x1=${margin.left} x2=${width - margin.right} y1=${y} y2=${y}></line>
        <text x=${margin.left - 6} y=${y} dy="0.32em" text-anchor="end">${scene.fig.tick(tick)}</text>`;
    })}
    ${layout.columns.map((column, i) =>
      i % every === 0
        ? svg`<text class="x" x=${margin.left + (i + 0.5) * band} y=${margin.top + height + 15} text-anchor="middle">${name(column.at)}</text>`
        : nothing,
    )}
  </g>`;
}

function bar(column: Column, index: number, frame: Frame): unknown {
  const { scene, band, chart } = frame;
  const { model, act, fig } = scene;
  // Several buckets in one column are no value that a filter could name.
  const pick = column.buckets === 1 ? () => pickColumn(column, chart.bucket, scene) : undefined;
  const thick = Math.max(1, Math.min(56, band * (band > 6 ? 0.78 : 1)));
  const x = margin.left + index * band;
  const shares = column.segments.map((s) => `${s.label} ${fig.usd(s.value)}`);
  const label = [`${column.label}: ${fig.usd(column.total)}`, ...shares].join(', ');
  return svg`<g
    class=${`column${model.column === index ? ' pointed' : ''}${pick ? ' pickable' : ''}`}
    role=${pick ? 'button' : 'img'}
    aria-label=${label}
    data-at=${column.at}
    tabindex=${index === (model.column ?? 0) ? 0 : -1}
    @pointerenter=${() => act.point(index)}
    @focus=${() => act.point(index)}
    @blur=${() => act.point(null)}
    @click=${pick}
    @keydown=${(event: KeyboardEvent) => (event.key === 'Enter' ? pick?.() : undefined)}
  >
    <rect class="hit" x=${x} y=${margin.top} width=${band} height=${height}></rect>
    ${column.segments.map(
      (s) => svg`<rect class="segment" x=${x + (band - thick) / 2} y=${margin.top + s.y} width=${thick}
        height=${Math.max(0, s.height - (s.height > 3 ? 0.75 : 0))} fill=${colourOf(s.key, model.palette)}></rect>`,
    )}
  </g>`;
}

function pickColumn({ at, label }: Column, bucket: 'day' | 'hour', { act, fig }: Scene): void {
  const value = bucket === 'day' ? fig.dayKey(at) : fig.hourKey(at);
  act.drill({ dimension: bucket, value, label }, 'day');
}

/** Left and right walk the columns; the chart is one tab stop. */
function moveBetweenColumns(event: KeyboardEvent): void {
  const { currentTarget, target } = event;
  if (!(currentTarget instanceof Element && target instanceof SVGGElement)) return;
  const columns = [...currentTarget.querySelectorAll<SVGGElement>('.column')];
  const at = columns.indexOf(target);
  const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: columns.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  columns[Math.max(0, Math.min(columns.length - 1, to))]?.focus();
}
