import { html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import type { Sort } from '../uiState.ts';
import type { SortColumn } from './rows.ts';

export interface Column<Row> extends SortColumn<Row> {
  readonly title: string;
  readonly numeric: boolean;
  /** Panel width from which the column shows. */
  readonly from: 'narrow' | 'middle' | 'wide';
  readonly cell: (row: Row) => unknown;
}

/** Header cells that sort, numbers descending first. */
export function sortableHead<Row>(
  columns: readonly Column<Row>[],
  sort: Sort,
  sortBy: (column: string, descendingFirst: boolean) => void,
): TemplateResult {
  const head = (column: Column<Row>): TemplateResult => {
    const active = column.id === sort.column;
    const order = sort.descending ? 'descending' : 'ascending';
    return html`<th
      scope="col"
      class=${cellClass(column)}
      aria-sort=${active ? order : 'none'}
      data-column=${column.id}
    >
      <button type="button" @click=${() => sortBy(column.id, column.numeric)}>
        ${column.title}<span class="arrow" aria-hidden="true">${active ? (sort.descending ? '▼' : '▲') : nothing}</span>
      </button>
    </th>`;
  };
  return html`<thead>
    <tr>
      ${columns.map(head)}
    </tr>
  </thead>`;
}

export function cellClass(column: Pick<Column<never>, 'numeric' | 'from'>): string {
  return `${column.numeric ? 'num' : 'text'} from-${column.from}`;
}
