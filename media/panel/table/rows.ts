import type { Sort } from '../uiState.ts';

/** One column of a sortable table; `value` is what it sorts by. Nulls sort last either way. */
export interface SortColumn<Row> {
  readonly id: string;
  readonly value: (row: Row) => string | number | null;
}

/** Sorted copy. Equal rows keep their order, so live updates do not shuffle ties. */
export function sortRows<Row>(rows: readonly Row[], columns: readonly SortColumn<Row>[], sort: Sort): Row[] {
  const column = columns.find((c) => c.id === sort.column);
  if (column === undefined) return [...rows];
  const sign = sort.descending ? -1 : 1;
  return rows.toSorted((a, b) => {
    const [x, y] = [column.value(a), column.value(b)];
    if (x === null || y === null) return Number(x === null) - Number(y === null);
    return sign * (typeof x === 'number' && typeof y === 'number' ? x - y : compareTexts(String(x), String(y)));
  });
}

function compareTexts(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' });
}

/** Rows of which one of the texts holds every word of the search, in any case. */
export function searchRows<Row>(rows: readonly Row[], texts: (row: Row) => readonly string[], search: string): Row[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [...rows];
  return rows.filter((row) => {
    const text = texts(row).join('\n').toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
