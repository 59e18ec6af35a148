import type { Snapshot } from '../core/snapshot.ts';
import { quietAt } from './meter.ts';
import type { Meter } from './meter.ts';
import { createPacer } from './pacer.ts';
import type { Change } from './ledger/changes.ts';

const minute = 60_000;
/** Between two snapshots while the window has the focus, after a live call (ms). */
const livePace = 30;
/** The same while a backlog is read: its calls are history, and each snapshot takes time from reading. */
const backlogPace = 500;
const unfocusedPace = 1000;
/** A call this new is live whatever else is being read. */
const liveFor = 10 * minute;

export interface ShowingOptions {
  readonly meter: Meter;
  readonly send: (snapshot: Snapshot) => void;
  readonly now: () => number;
  readonly clock: () => number;
  /** End of the running day in the view's zone, ms since the epoch. */
  readonly dayEnd: (now: number) => number;
}

/** Decides when the window gets a snapshot. */
export interface Showing {
  changed(change: Change): void;
  /** The scan has moved, or a setting that shows in the snapshot. */
  refresh(urgent: boolean): void;
  focus(focused: boolean): void;
  dispose(): void;
}

export function createShowing({ meter, send, now, clock, dayEnd }: ShowingOptions): Showing {
  let focused = true;
  let shown = '';
  let shownAt = -Infinity;
  const show = (): void => {
    const snapshot = meter.snapshot(now());
    const { at, ...content } = snapshot;
    const next = JSON.stringify(content);
    // A figure that fades or a day that ends is looked for often and seen seldom; once a minute it is said anyhow.
    if (next !== shown || at - shownAt >= minute || at < shownAt) {
      [shown, shownAt] = [next, at];
      send(snapshot);
    }
    pacer.by(Math.max(1, nextAt(snapshot, shownAt, dayEnd) - at));
    if (meter.stale) pacer.request(1000);
  };
  const pacer = createPacer(show, clock);
  const request = (pace: number): void => pacer.request(focused ? pace : Math.max(pace, unfocusedPace));
  return {
    changed: (change) => {
      meter.changed(change);
      const isHistory = change.earliest !== null && change.earliest < now() - liveFor;
      request(isHistory ? backlogPace : livePace);
    },
    refresh: (urgent) => request(urgent ? livePace : backlogPace),
    focus: (next) => {
      focused = next;
      if (next) request(livePace);
    },
    dispose: () => pacer.dispose(),
  };
}

/** When a snapshot may differ though nothing happens. */
function nextAt(snapshot: Snapshot, shownAt: number, dayEnd: ShowingOptions['dayEnd']): number {
  return Math.min(shownAt + minute, quietAt(snapshot) ?? Infinity, dayEnd(snapshot.at));
}
