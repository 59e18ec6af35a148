import { usd } from '../format.ts';
import { modelLimits } from '../models.ts';
import type { RateCard } from '../pricing/rateCard.ts';
import { promptTokens } from '../usage.ts';
import type { LastCall } from './cacheState.ts';
import { promptCost } from './nextPrompt.ts';
import type { PromptCost } from './nextPrompt.ts';
import type { Outlook, Spread } from './outlook.ts';
import { ascending, quantile } from './quantile.ts';
import { usualPreamble } from './usual.ts';

/** A request that is about to be sent, or is on its way. */
export interface CallAsk {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly model: string;
  /** Estimated tokens that join the context with it. */
  readonly promptTokens: number;
  /** The last call of its thread; null when the thread is new. */
  readonly last: LastCall | null;
  /** A call of the same agent, of this model where there is one; null when there is none. */
  readonly usual: LastCall | null;
  /** Who bills when there is no call to tell it; '' when it is not known. */
  readonly provider: string;
  /** What a new thread reads before its prompt, null when not known; and what of it other sessions left in the cache. */
  readonly preamble: { readonly tokens: number; readonly shared: number } | null;
  /** The request's own ceiling on output tokens; null: the model's. */
  readonly maxOutput: number | null;
}

export interface NextCall {
  readonly model: string;
  /** USD. */
  readonly cost: Outlook['call'];
  readonly prompt: PromptCost;
  readonly isNewThread: boolean;
  /** Tokens it reads. */
  readonly context: number;
  /** Whether that rests on what sessions usually begin with, as nothing is known of the user's. */
  readonly isUsualContext: boolean;
  /** Output tokens, and whether they are the user's own. */
  readonly answer: Spread & { readonly isOwn: boolean };
}

// An answer's output tokens when the user has no history.
const usualAnswer: Spread = { median: 400, p90: 4000 };
const enoughAnswers = 10;

/** What one request will cost. `answers` are output tokens of calls like it. Null when the model has no price. */
export function nextCall(ask: CallAsk, answers: readonly number[], card: RateCard): NextCall | null {
  const { at, model, last, usual, provider } = ask;
  const context = contextOf(ask);
  const isUsualContext = last === null && ask.preamble === null;
  const shared = ask.preamble?.shared ?? 0;
  const prompt = promptCost({ at, model, context, last, usual, provider, shared }, card);
  if (prompt === null) return null;
  const longest = ask.maxOutput ?? modelLimits(model)?.maxOutput ?? null;
  const answer = answerOf(answers, longest);
  const cost = (tokens: number): number => usd(prompt.now + BigInt(tokens) * prompt.perAnswered);
  return {
    model,
    cost: { median: cost(answer.median), p90: cost(answer.p90), worst: longest === null ? null : cost(longest) },
    prompt,
    isNewThread: last === null,
    context,
    isUsualContext,
    answer,
  };
}

function contextOf({ last, promptTokens: added, preamble, model }: CallAsk): number {
  const before = last === null ? (preamble?.tokens ?? usualPreamble) : promptTokens(last.tokens) + last.tokens.output;
  return Math.round(Math.min(before + added, modelLimits(model)?.window ?? Infinity));
}

function answerOf(answers: readonly number[], longest: number | null): NextCall['answer'] {
  const isOwn = answers.length >= enoughAnswers;
  const sorted = isOwn ? ascending(answers) : [];
  const most = longest ?? Infinity;
  const tokens = (p: number, usual: number): number => Math.min(most, isOwn ? Math.round(quantile(sorted, p)) : usual);
  return { median: tokens(0.5, usualAnswer.median), p90: tokens(0.9, usualAnswer.p90), isOwn };
}
