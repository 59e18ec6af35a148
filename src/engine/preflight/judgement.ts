import type { Action } from '../../core/guard/preflight/found.ts';
import type { HookEvent } from '../../core/preflight/event.ts';
import type { Choice, PreflightQuestion } from '../../core/preflight/question.ts';

/** What the rules make of an event; findings hardest and dearest first. */
export interface Judgement extends Pick<PreflightQuestion, 'outlook' | 'findings' | 'project'> {
  readonly action: Action;
}

/** Judges events before money is spent. */
export interface Judge {
  judge(event: HookEvent): Judgement | Promise<Judgement>;
  /** What the user answered, or did by sending an event again; `event` is the very object that was judged. */
  choose(event: HookEvent, choice: Choice): void;
  /** The agent puts the question itself; `event` as above. */
  leave(event: HookEvent): void;
}
