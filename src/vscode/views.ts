import type { Snapshot } from '../core/snapshot.ts';
import type { Timed } from './spans.ts';

export interface View {
  render(snapshot: Snapshot): void;
}

/** Shows each snapshot: to the first view at once, to the others in a turn of the host's of their own. */
export interface Views {
  show(snapshot: Snapshot): void;
  /** Null before the engine's first word. */
  readonly latest: () => Snapshot | null;
}

export function createViews(first: View, others: () => readonly View[], timed: Timed): Views {
  let latest: Snapshot | null = null;
  let renderOthers: NodeJS.Immediate | null = null;
  const showOthers = timed('render', () => {
    renderOthers = null;
    if (latest !== null) for (const view of others()) view.render(latest);
  });
  return {
    show(snapshot) {
      latest = snapshot;
      first.render(snapshot);
      renderOthers ??= setImmediate(showOthers);
    },
    latest: () => latest,
  };
}
