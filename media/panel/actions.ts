import type { FromPanel } from '../../src/core/panelProtocol.ts';
import type { Dimension, Span } from '../../src/core/query.ts';
import type { Host } from './host.ts';
import { rowsAtOnce } from './model.ts';
import type { Model } from './model.ts';
import { drillDown, goBack, removeChip } from './uiState.ts';
import type { Chip, Stack, Tab, TableName, UiState, ViewName } from './uiState.ts';

type Command = Extract<FromPanel, { type: 'command' }>['command'];

/** All that a user can do. Each one changes the model, asks for what is then missing and renders. */
export interface Actions {
  readonly setView: (view: ViewName) => void;
  readonly setSpan: (span: Span) => void;
  readonly chooseDates: (open: boolean) => void;
  readonly setStack: (stack: Stack) => void;
  readonly setTab: (tab: Tab) => void;
  readonly drill: (chip: Chip, from: TableName) => void;
  readonly dropChip: (dimension: Dimension) => void;
  /** False when there is nothing to go back to. */
  readonly back: () => boolean;
  readonly sortBy: (table: string, column: string, descendingFirst: boolean) => void;
  readonly search: (text: string) => void;
  readonly searchPrices: (text: string) => void;
  readonly turnPage: (offset: number) => void;
  readonly toggleCall: (id: number) => void;
  readonly explain: (id: number | null) => void;
  readonly toggleSeries: (key: string) => void;
  readonly point: (column: number | null) => void;
  readonly rove: (table: string, key: string) => void;
  readonly showMore: () => void;
  readonly retry: () => void;
  readonly command: (command: Command) => void;
  readonly openRecord: (file: string, line: number) => void;
}

export interface Effects {
  readonly render: () => void;
  readonly load: () => void;
  readonly save: (ui: UiState) => void;
}

export function createActions(model: Model, host: Host, effects: Effects): Actions {
  const { render, load, save } = effects;
  const change = (patch: Partial<UiState>): void => {
    model.ui = { ...model.ui, ...patch };
    save(model.ui);
    render();
  };
  /** A change after which other figures are on screen. */
  const go = (patch: Partial<UiState>): void => {
    model.shown = rowsAtOnce;
    model.column = null;
    change(patch);
    load();
  };
  return {
    ...ways(model, go, effects),
    ...looks(model, change),
    ...glances(model, render),
    retry: load,
    command: (command) => host.post({ type: 'command', command }),
    openRecord: (file, line) => host.post({ type: 'openRecord', file, line }),
  };
}

type Change = (patch: Partial<UiState>) => void;

/** What leads to other figures. */
function ways(model: Model, go: Change, { render, load }: Effects) {
  return {
    setView: (view) => {
      model.explain = null;
      go({ view });
    },
    setSpan: (span) => {
      model.choosingDates = false;
      go({ span, offset: 0 });
    },
    setStack: (stack) => go({ stack, hidden: [] }),
    setTab: (tab) => go({ tab, offset: 0, search: '' }),
    drill: (chip, from) => go(drillDown(model.ui, chip, from)),
    dropChip: (dimension) => go(removeChip(model.ui, dimension)),
    back: () => goBackFrom(model, go),
    turnPage: (offset) => go({ offset, open: [] }),
    explain: (id) => {
      model.explain = id;
      render();
      load();
    },
  } satisfies Partial<Actions>;
}

/** What shows the same figures another way, and is remembered. */
function looks(model: Model, change: Change) {
  return {
    sortBy: (table, column, descendingFirst) => {
      const now = model.ui.sort[table];
      const descending = now?.column === column ? !now.descending : descendingFirst;
      change({ sort: { ...model.ui.sort, [table]: { column, descending } } });
    },
    search: (search) => change({ search }),
    searchPrices: (priceSearch) => change({ priceSearch }),
    toggleCall: (id) => change({ open: toggled(model.ui.open, id) }),
    toggleSeries: (key) => change({ hidden: toggled(model.ui.hidden, key) }),
  } satisfies Partial<Actions>;
}

/** What is forgotten when the panel hides. */
function glances(model: Model, render: () => void) {
  return {
    chooseDates: (open) => {
      model.choosingDates = open;
      render();
    },
    point: (column) => {
      if (model.column === column) return;
      model.column = column;
      render();
    },
    rove: (table, key) => {
      if (model.roving.get(table) === key) return;
      model.roving.set(table, key);
      render();
    },
    showMore: () => {
      model.shown += rowsAtOnce;
      render();
    },
  } satisfies Partial<Actions>;
}

function goBackFrom(model: Model, go: (patch: Partial<UiState>) => void): boolean {
  if (model.explain !== null) {
    model.explain = null;
    go({});
    return true;
  }
  const ui = model.ui.view === 'breakdown' ? goBack(model.ui) : null;
  if (ui !== null) go(ui);
  return ui !== null;
}

function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((other) => other !== item) : [...list, item];
}
