import type { Breakdown } from '../../../src/core/query.ts';
import { restKey } from './layout.ts';

/** VS Code's own chart colours, neighbours far apart in hue, and two mixed from them. Plain red reads as an error. */
const colours = [
  'var(--vscode-charts-blue)',
  'var(--vscode-charts-orange)',
  'var(--vscode-charts-purple)',
  'var(--vscode-charts-green)',
  'color-mix(in srgb, var(--vscode-charts-red) 60%, var(--vscode-charts-purple))',
  'color-mix(in srgb, var(--vscode-charts-blue) 45%, var(--vscode-charts-green))',
  'var(--vscode-charts-yellow)',
];
const restColour = 'color-mix(in srgb, var(--vscode-charts-foreground, var(--vscode-foreground)) 45%, transparent)';

/** Series the chart tells apart, the folded rest included. */
export const mostSeries = colours.length + 1;

export function colourOf(key: string, palette: ReadonlyMap<string, number>): string {
  return (key === restKey ? undefined : colours[palette.get(key) ?? -1]) ?? restColour;
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
    const free = colours.findIndex((_, i) => !taken.has(i));
    palette.set(key, free);
    taken.add(free);
  }
}
