import { dayKey, hourKey } from '../../core/period.ts';
import type { Dimension, Group } from '../../core/query.ts';
import type { TimeZone } from '../../core/zone.ts';
import type { Cell, CellKey } from './cells.ts';
import { sumCells, toTotals } from './sums.ts';

/** How the cells of a dimension are told apart, and what they are called. */
export interface Naming {
  readonly timeZone: TimeZone;
  /** The agent's own session id by row id. */
  readonly sessionKey: (session: number) => string;
  readonly label: (dimension: Dimension, key: string, cells: readonly Cell[]) => string;
}

export const cellKeys: Readonly<Record<Dimension, readonly CellKey[]>> = {
  model: [],
  agent: ['agent'],
  project: ['project'],
  branch: ['branch'],
  session: ['session'],
  day: ['at'],
  hour: ['at'],
};

/** The value of a cell in a dimension. */
function keyOf(dimension: Dimension, cell: Cell, naming: Naming): string {
  switch (dimension) {
    case 'session':
      return naming.sessionKey(cell.session);
    case 'day':
      return dayKey(cell.at, naming.timeZone);
    case 'hour':
      return hourKey(cell.at, naming.timeZone);
    case 'model':
    case 'agent':
    case 'project':
    case 'branch':
      return cell[dimension];
  }
}

/** Cells by their value in a dimension. */
export function partition(
  cells: readonly Cell[],
  dimension: Dimension,
  naming: Naming,
): ReadonlyMap<string, readonly Cell[]> {
  const keyed = memoised(dimension, naming);
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = keyed(cell);
    const group = groups.get(key);
    if (group) group.push(cell);
    else groups.set(key, [cell]);
  }
  return groups;
}

// Many cells share a quarter of an hour, and naming an instant in a zone is the dear part.
function memoised(dimension: Dimension, naming: Naming): (cell: Cell) => string {
  if (dimension !== 'day' && dimension !== 'hour') return (cell) => keyOf(dimension, cell, naming);
  const known = new Map<number, string>();
  return (cell) => {
    let key = known.get(cell.at);
    if (key === undefined) {
      key = keyOf(dimension, cell, naming);
      known.set(cell.at, key);
    }
    return key;
  };
}

/** One table: days and hours in order of time, everything else dearest first. */
export function groupBy(cells: readonly Cell[], dimension: Dimension, naming: Naming): Group[] {
  const groups = [...partition(cells, dimension, naming)].map(([key, own]) => ({
    key,
    label: naming.label(dimension, key, own),
    sum: sumCells(own, dimension === 'model'),
  }));
  const byTime = dimension === 'day' || dimension === 'hour';
  groups.sort((a, b) => {
    if (byTime) return a.sum.firstAt - b.sum.firstAt;
    if (a.sum.pico !== b.sum.pico) return a.sum.pico > b.sum.pico ? -1 : 1;
    return b.sum.calls - a.sum.calls || (a.key < b.key ? -1 : 1);
  });
  return groups.map(({ key, label, sum }) => ({
    key,
    label,
    totals: toTotals(sum),
    firstAt: sum.firstAt,
    lastAt: sum.lastAt,
  }));
}
