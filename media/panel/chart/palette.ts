import type { Breakdown } from '../../../src/core/query.ts';
import { restKey } from './layout.ts';

/** The series' hues stand in panel.css, one set for each kind of theme. */
const hues = 7;
const restColour = 'var(--series-rest)';

/** Series the chart tells apart, the folded rest included. */
export const mostSeries = hues + 1;

export function colourOf(key: string, palette: ReadonlyMap<string, number>): string {
  const own = key === restKey ? undefined : palette.get(key);
  return own === undefined || own < 0 ? restColour : `var(--series-${own + 1})`;
}

/** Gives each series a colour: the one it was last seen with, so that live updates repaint nothing, else a free one. */
export function paint(series: Breakdown['chart']['series'], palette: Map<string, number>): void {
  const taken = new Set<number>();
  const unpainted: string[] = [];
  for (const { key } of series) {
    const own = palette.get(key);
    if (own === undefined || taken.has(own)) unpainted.push(key);
    else taken.add(own);
  }
  for (const key of unpainted.filter((k) => k !== restKey)) {
    const free = Array.from({ length: hues }, (_, hue) => hue).find((hue) => !taken.has(hue)) ?? -1;
    palette.set(key, free);
    taken.add(free);
  }
}
