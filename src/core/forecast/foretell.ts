import { usd } from '../format.ts';
import { effortCost, modelLimits, takesThinkingCap } from '../models.ts';
import type { RateCard } from '../pricing/rateCard.ts';
import { alike } from './alike.ts';
import { nextCall } from './nextCall.ts';
import type { CallAsk, NextCall } from './nextCall.ts';
import type { Outlook, Spread } from './outlook.ts';
import { costOfCalls, entry } from './pastTask.ts';
import type { PastTask } from './pastTask.ts';
import { ascending, quantile, withReference } from './quantile.ts';
import { outlookReasons } from './reasons.ts';

/** A prompt that is about to be sent. */
export interface TaskAsk extends CallAsk {
  /** Whether nobody has told the model, and the user's newest call of another agent names it. */
  readonly isModelGuessed?: boolean;
  readonly effort: string | null;
  /** As the agent is set; counts with models that take a cap only. */
  readonly thinkingCapped: boolean | null;
}

/**
 * What the next call and its task will cost. The cache's part is computed; how long the task gets is taken from the
 * user's past tasks, oldest first, so that the quantiles are theirs. Null when the model has no price.
 */
export function foretell(ask: TaskAsk, tasks: readonly PastTask[], card: RateCard): Outlook | null {
  const { model, effort } = ask;
  const thinkingCapped = canCap(model) ? ask.thinkingCapped : false;
  const history = alike(tasks, model, effort);
  const next = nextCall(
    ask,
    history.tasks.flatMap((t) => t.answers),
    card,
  );
  if (next === null) return null;
  const basis = { tasks: history.tasks.length, like: history.like };
  return {
    model,
    effort,
    call: next.cost,
    task: taskOf(ask, next, history.tasks),
    context: next.context,
    promptTokens: ask.promptTokens,
    cache: { state: next.prompt.state, extra: usd(next.prompt.extra) },
    thinkingP90: thinkingOf(history.tasks),
    thinkingCapped,
    medianTask: quantileOf(
      tasks.map((t) => t.cost),
      0.5,
    ),
    basis,
    reasons: outlookReasons({ next, effort, thinkingCapped, basis, isModelGuessed: ask.isModelGuessed === true }),
  };
}

/** Not known of a model that we do not know. */
function canCap(model: string): boolean {
  return takesThinkingCap(model) || modelLimits(model) === null;
}

/** Fewer tasks have no tenth. */
const tenth = 9;

/** Of those that tell, unless they are too few beside the others. */
function thinkingOf(tasks: readonly PastTask[]): number | null {
  const told = tasks.flatMap((t) => t.thinking ?? []);
  return told.length < Math.min(tenth, tasks.length / 2) ? null : quantileOf(told, 0.9);
}

function quantileOf(values: readonly number[], p: number): number | null {
  return values.length === 0 ? null : quantile(ascending(values), p);
}

/** First the context is brought into the cache; then the task is as long, in calls of this size, as such tasks are. */
function taskOf({ model, effort }: TaskAsk, { prompt, cost: call }: NextCall, tasks: readonly PastTask[]): Spread {
  const lengths = withReference(
    tasks.map((t) => t.length),
    referenceLength(model, effort),
  );
  const cost = (p: number): number => entry(prompt) + costOfCalls(prompt, quantile(lengths, p));
  return { median: Math.max(cost(0.5), call.median), p90: Math.max(cost(0.9), call.p90) };
}

// Without a history: one task of a public benchmark took 35.5 calls on average (economics.md §6), and that is a whole
// issue solved; the least is one call. In the middle, on a logarithmic scale, lie 6.
const usualLength = { median: 6, p90: 35.5, least: 1 };

function referenceLength(model: string, effort: string | null): typeof usualLength {
  const times = effortCost(model, effort) ?? 1;
  const { median, p90, least } = usualLength;
  return { median: median * times, p90: p90 * times, least };
}
