import type { Answers } from '../../src/core/query.ts';
import type { Snapshot } from '../../src/core/snapshot.ts';
import type { Translate } from '../../src/core/translate.ts';
import type { UiState } from './uiState.ts';

/** One answer of the engine on its way to the screen. What was last known stays while newer figures are fetched. */
export interface Slot<T> {
  value: T | null;
  error: string | null;
  /** The question that `value` answers and the one last asked, as JSON. */
  answered: string | null;
  asked: string | null;
}

/** Everything the panel shows. One instance, owned by main.ts; views read it, only actions and the loader write it. */
export interface Model {
  ui: UiState;
  snapshot: Snapshot | null;
  locale: string;
  t: Translate;
  readonly breakdown: Slot<Answers['breakdown']>;
  readonly calls: Slot<Answers['calls']>;
  readonly explained: Slot<Answers['call']>;
  readonly projection: Slot<Answers['projection']>;
  readonly problems: Slot<Answers['problems']>;
  readonly prices: Slot<Answers['prices']>;
  /** The call that "explain" asked for; it covers the current view until left. */
  explain: number | null;
  /** Whether the form for custom dates is open. */
  choosingDates: boolean;
  /** Column of the chart under the pointer or the focus. */
  column: number | null;
  /** Row of each table that Tab leads to. */
  readonly roving: Map<string, string>;
  /** Rows of long tables on screen. */
  shown: number;
  /** Position of each series in the palette, kept so that colours stay while totals move. */
  readonly palette: Map<string, number>;
  /** Inner width of the panel in CSS pixels. */
  width: number;
}

export const rowsAtOnce = 100;

const slot = <T>(): Slot<T> => ({ value: null, error: null, answered: null, asked: null });

export function createModel(ui: UiState, t: Translate): Model {
  return {
    ui,
    snapshot: null,
    locale: 'en',
    t,
    breakdown: slot(),
    calls: slot(),
    explained: slot(),
    projection: slot(),
    problems: slot(),
    prices: slot(),
    explain: null,
    choosingDates: false,
    column: null,
    roving: new Map(),
    shown: rowsAtOnce,
    palette: new Map(),
    width: 800,
  };
}

/** Whether what a slot shows is not (yet) the answer to the question that stands. */
export function isBehind(s: Slot<unknown>): boolean {
  return s.asked !== s.answered;
}

/** The answer that the view on screen rests on; errors of others wait until they matter. */
export function onScreen(model: Model): Slot<unknown> {
  if (model.explain !== null) return model.explained;
  const { view, tab } = model.ui;
  return view === 'breakdown' && tab === 'calls' && model.calls.error !== null ? model.calls : model[view];
}
