import { html } from 'lit';
import type { TemplateResult } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import type { Group } from '../../../src/core/query.ts';
import type { Scene } from '../scene.ts';
import type { Sort, TableName } from '../uiState.ts';
import { groupColumns, nameOf, unpricedNote } from './groupColumns.ts';
import { restOf } from './rest.ts';
import { searchRows, sortRows } from './rows.ts';
import { cellClass, sortableHead } from './sortable.ts';
import type { Column } from './sortable.ts';

/** Newest first for days, dearest first for all others. */
function sortOf(table: TableName, scene: Scene): Sort {
  const column = table === 'day' ? 'name' : 'cost';
  return scene.model.ui.sort[table] ?? { column, descending: true };
}

/** One table by model, agent, project, branch, session or day. A row leads further in. */
export function groupTable(table: TableName, title: string, groups: readonly Group[], scene: Scene): TemplateResult {
  const { model, t, act } = scene;
  const columns = groupColumns(table, title, Math.max(0, ...groups.map((g) => g.totals.listCost)), scene);
  const sort = sortOf(table, scene);
  const found = searchRows(groups, (g) => [nameOf(table, g, scene), g.key], model.ui.search);
  const rows = sortRows(found, columns, sort).slice(0, model.shown);
  const stop = rows.some((g) => g.key === model.roving.get(table)) ? model.roving.get(table) : rows[0]?.key;
  return html`<table class="rows" data-testid="table-${table}" @keydown=${moveBetweenRows}>
      <caption class="hidden-text">
        ${t('{0}: {1} rows. Enter narrows the view to a row, Escape goes back.', title, found.length)}
      </caption>
      ${sortableHead(columns, sort, (column, descending) => act.sortBy(table, column, descending))}
      <tbody>
        ${repeat(
          rows,
          (g) => g.key,
          (g) => row(table, g, columns, g.key === stop, scene),
        )}
      </tbody>
    </table>
    ${restOf(found.length, rows.length, scene)}`;
}

function row(table: TableName, group: Group, columns: readonly Column<Group>[], stop: boolean, scene: Scene): unknown {
  const { act } = scene;
  const [first, ...others] = columns;
  const label = nameOf(table, group, scene);
  const hint = group.key !== label && group.key !== '' ? group.key : label;
  return html`<tr
    data-key=${group.key}
    @click=${() => act.drill({ dimension: table, value: group.key, label }, table)}
    @focusin=${() => act.rove(table, group.key)}
  >
    <th scope="row" class=${first ? cellClass(first) : ''}>
      <button type="button" class="row-name" title=${hint} tabindex=${stop ? 0 : -1}>${label}</button
      >${unpricedNote(group, scene)}
    </th>
    ${others.map((column) => html`<td class=${cellClass(column)}>${column.cell(group)}</td>`)}
  </tr>`;
}

/** Arrow keys walk the rows; the rows together are one tab stop. */
function moveBetweenRows(event: KeyboardEvent): void {
  const { target: button, currentTarget: table } = event;
  if (!(button instanceof HTMLElement && table instanceof HTMLElement)) return;
  if (!button.classList.contains('row-name')) return;
  const all = [...table.querySelectorAll<HTMLElement>('.row-name')];
  const at = all.indexOf(button);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  all[Math.max(0, Math.min(all.length - 1, to))]?.focus();
}
