import { createHash } from 'node:crypto';
import type { HookDecision, HookEvent } from '../../core/preflight/event.ts';

/** Two hooks of one agent, or of two that run each other's, tell of an event within this many ms. */
const together = 1000;
/** An event that has a name is known by it for as long: some agents tell of a prompt again as their tools end. */
const named = 600_000;
const remembered = 1000;

/** Decides each event once, through however many hooks it comes. */
export interface SameEvent {
  /** `waiting` is aborted when that hook waits no longer; the signal that `work` gets, when none of them does. */
  decide(event: HookEvent, waiting: AbortSignal, work: Work): Promise<HookDecision>;
}

type Work = (signal: AbortSignal) => Promise<HookDecision>;

interface Decided {
  readonly decision: Promise<HookDecision>;
  readonly gone: AbortController;
  /** Hooks that wait for it. */
  waiting: number;
  /** Ms since the epoch up to which it holds; endless while it is awaited. */
  until: number;
}

/** `now` is in ms since the epoch. Keeps hashes, no texts. */
export function createSameEvent(now: () => number): SameEvent {
  const known = new Map<string, Decided>();
  return {
    decide: (event, waiting, work) => {
      const key = keyOf(event);
      const before = known.get(key);
      if (before && now() < before.until && !before.gone.signal.aborted) return join(before, waiting);
      const gone = new AbortController();
      const entry: Decided = { decision: work(gone.signal), gone, waiting: 0, until: Infinity };
      known.delete(key);
      known.set(key, entry);
      const [eldest] = known.size > remembered ? known.keys() : [];
      if (eldest !== undefined) known.delete(eldest);
      entry.decision.then(
        // What was held back and is sent again is a new decision of the user, even where the agent keeps its name.
        ({ kind }) => (entry.until = now() + (kind === 'allow' && event.id !== null ? named : together)),
        () => (entry.until = 0),
      );
      return join(entry, waiting);
    },
  };
}

function join(entry: Decided, waiting: AbortSignal): Promise<HookDecision> {
  entry.waiting += 1;
  const leave = (): void => {
    entry.waiting -= 1;
    if (entry.waiting === 0) entry.gone.abort();
  };
  if (waiting.aborted) leave();
  else waiting.addEventListener('abort', leave, { once: true });
  return entry.decision;
}

function keyOf({ agent, session, kind, id, prompt, text }: HookEvent): string {
  const hash = createHash('sha256').update(JSON.stringify([agent, session, kind, id ?? [prompt, text]]));
  return hash.digest('base64');
}
