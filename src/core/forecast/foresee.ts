import { usd } from '../format.ts';
import { modelLimits, takesThinkingCap } from '../models.ts';
import type { RateCard } from '../pricing/rateCard.ts';
import { alike } from './alike.ts';
import { nextCall } from './nextCall.ts';
import type { CallAsk, NextCall } from './nextCall.ts';
import type { PromptCost } from './nextPrompt.ts';
import type { Outlook, Spread } from './outlook.ts';
import { callsOfCost, costOfCalls, entry } from './pastTask.ts';
import type { PastTask } from './pastTask.ts';
import { ascending, quantile, withReference } from './quantile.ts';
import { outlookReasons } from './reasons.ts';

/** A prompt that is about to be sent. */
export interface TaskAsk extends CallAsk {
  readonly effort: string | null;
  /** As the agent is set; counts with models that take a cap only. */
  readonly thinkingCapped: boolean | null;
}

/**
 * What the next call and its task will cost. The cache's part is computed; how long the task gets is taken from the
 * user's past tasks, oldest first, so that the quantiles are theirs. Null when the model has no price.
 */
export function foresee(ask: TaskAsk, tasks: readonly PastTask[], card: RateCard): Outlook | null {
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
    task: taskOf(next, history.tasks),
    context: next.context ?? 0,
    promptTokens: ask.promptTokens,
    cache: { state: next.prompt.state, extra: usd(next.prompt.extra) },
    thinkingP90: quantileOf(
      history.tasks.flatMap((t) => t.thinking ?? []),
      0.9,
    ),
    thinkingCapped,
    medianTask: quantileOf(
      tasks.map((t) => t.cost),
      0.5,
    ),
    basis,
    reasons: outlookReasons({ next, effort, thinkingCapped, basis }),
  };
}

/** Not known of a model that we do not know. */
function canCap(model: string): boolean {
  return takesThinkingCap(model) || modelLimits(model) === null;
}

function quantileOf(values: readonly number[], p: number): number | null {
  return values.length === 0 ? null : quantile(ascending(values), p);
}

/** First the context is brought into the cache; then the task is as long, in calls of this size, as such tasks are. */
function taskOf({ prompt, cost: call }: NextCall, tasks: readonly PastTask[]): Spread {
  const lengths = withReference(
    tasks.map((t) => t.length),
    referenceLength(prompt),
  );
  const cost = (p: number): number => entry(prompt) + costOfCalls(prompt, quantile(lengths, p));
  return { median: Math.max(cost(0.5), call.median), p90: Math.max(cost(0.9), call.p90) };
}

// Without a history: the middle task of economics.md's mix is a small one, and nine in ten are at most large. Tokens.
const small = { input: 8000, output: 1200 };
const large = { input: 80_000, output: 8000 };

function referenceLength(prompt: PromptCost): Spread {
  const calls = ({ input, output }: typeof small): number =>
    callsOfCost(prompt, usd(BigInt(input) * prompt.perWritten + BigInt(output) * prompt.perAnswered));
  return { median: calls(small), p90: calls(large) };
}
