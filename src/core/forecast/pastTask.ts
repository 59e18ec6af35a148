import { usd } from '../format.ts';
import { plainModel } from '../models.ts';
import type { RateCard } from '../pricing/rateCard.ts';
import { promptTokens } from '../usage.ts';
import { promptCost } from './nextPrompt.ts';
import type { NextPrompt, PromptCost } from './nextPrompt.ts';
import type { LastCall } from './cacheState.ts';

/** One of the user's tasks, a prompt until it is done, as the ledger tells it. */
export interface TaskFacts {
  readonly effort: string | null;
  /** Its first call on the main thread. */
  readonly first: LastCall;
  /** The thread's last call before it; null when the task began a session. */
  readonly last: LastCall | null;
  /** See `NextPrompt`. */
  readonly usual: LastCall | null;
  readonly shared: number;
  /** USD of all its calls, its subagents' included. */
  readonly cost: number;
  /** USD of its thinking; null when no call of it says. */
  readonly thinking: number | null;
  /** Output tokens of calls on its main thread. */
  readonly answers: readonly number[];
}

/** A past task beside what could be foretold of it when its prompt was sent. */
export interface PastTask {
  /** As `plainModel` has it. */
  readonly model: string;
  readonly effort: string | null;
  readonly cost: number;
  readonly thinking: number | null;
  readonly answers: readonly number[];
  /** What it cost beyond bringing its context into the cache, in calls of the size with which it began. */
  readonly length: number;
}

// What a call adds to the context, and its answer within: tokens by which tasks are measured. Lengths are told and
// untold with the same ones, so that they only shape how a task's cost grows with its context.
const growth = 1900n;
const answer = 400n;

/** A task's calls in USD: each reads the context, writes to it and answers, and each reads more than the one before. */
interface Run {
  readonly perCall: number;
  readonly perCallMore: number;
}

function runOf({ read, perRead, perWritten, perAnswered }: PromptCost): Run {
  return {
    perCall: usd(read + growth * perWritten + answer * perAnswered),
    perCallMore: usd(growth * perRead),
  };
}

/** USD of so many calls: the triangle of a context that is read again and again. */
export function costOfCalls(start: PromptCost, calls: number): number {
  const { perCall, perCallMore } = runOf(start);
  return calls * perCall + (calls > 0 ? (calls * calls * perCallMore) / 2 : 0);
}

/** How many calls cost so much; below 0 where it was less than nothing, 0 where calls are free. */
function callsOfCost(start: PromptCost, cost: number): number {
  const { perCall, perCallMore } = runOf(start);
  if (perCall <= 0) return 0;
  if (cost <= 0 || perCallMore <= 0) return cost / perCall;
  return (Math.sqrt(perCall * perCall + 2 * perCallMore * cost) - perCall) / perCallMore;
}

/** USD of bringing a task's context into the cache: what the first call costs above the calls after it. */
export function entry({ now, read }: PromptCost): number {
  return usd(now - read);
}

/** Measures a past task by what could be foretold of it; null when its model has no price now. */
export function recall(facts: TaskFacts, card: RateCard): PastTask | null {
  const { first, last, usual, shared, cost, thinking, answers, effort } = facts;
  const { at, model, provider } = first;
  const next: NextPrompt = { at, model, context: promptTokens(first.tokens), last, usual, provider, shared };
  const start = promptCost(next, card);
  if (start === null) return null;
  return { model: plainModel(model), effort, cost, thinking, answers, length: callsOfCost(start, cost - entry(start)) };
}
