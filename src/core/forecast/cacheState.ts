import { formatDuration } from '../format.ts';
import { isSameModel } from '../models.ts';
import { noTokens, promptTokens } from '../usage.ts';
import type { BilledPart, TokenCounts, UsageEvent } from '../usage.ts';

/** What the next request of a thread carries on from, and how it was billed. */
export type LastCall = Pick<UsageEvent, 'at' | 'provider' | 'speed' | 'tier' | 'region'> & BilledPart;

const minute = 60_000;
// OpenAI keeps prompts in steps of so many tokens.
const step = 128;

/**
 * How long the prompt stays readable after a call, in ms. Anthropic: as it was written, 5 minutes or 1 hour. OpenAI: 30
 * minutes for models that bill writes (GPT-5.6 on); 5 to 10 before, of which the longer is taken.
 */
export function cacheLifetime({ provider, tokens }: LastCall): number {
  if (tokens.cacheWrite1h > 0) return 60 * minute;
  if (provider !== 'openai') return 5 * minute;
  return tokens.cacheWrite5m > 0 ? 30 * minute : 10 * minute;
}

/** Tokens of the next prompt that the cache holds after a call: what was read or written; OpenAI's in whole steps. */
export function cachedTokens({ provider, tokens }: LastCall): number {
  const { cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const marked = cacheRead + cacheWrite5m + cacheWrite1h;
  if (provider === 'anthropic' || (provider !== 'openai' && cacheWrite5m + cacheWrite1h > 0)) return marked;
  return Math.floor(promptTokens(tokens) / step) * step;
}

/** Tokens that are not in the cache, in the class that the thread pays them in. */
export function writtenAnew(last: LastCall | null, tokens: number): TokenCounts {
  if (last === null) return { ...noTokens, input: tokens };
  const { cacheRead, cacheWrite5m, cacheWrite1h } = last.tokens;
  if (cacheWrite1h > 0) return { ...noTokens, cacheWrite1h: tokens };
  const writes = cacheWrite5m > 0 || (last.provider === 'anthropic' && cacheRead > 0);
  return writes ? { ...noTokens, cacheWrite5m: tokens } : { ...noTokens, input: tokens };
}

/** Instant from which nothing of the thread's prompt is cached any more, ms; null when nothing was. */
export function cachedUntil(last: LastCall): number | null {
  return cachedTokens(last) === 0 ? null : last.at + cacheLifetime(last);
}

/** Why the cache no longer holds what a thread had in it, in words for people; null when it does. */
export function coldReason(last: LastCall, model: string, at: number): string | null {
  if (!isSameModel(model, last.model)) return `cache cold after the switch from ${last.model}`;
  const past = at - (last.at + cacheLifetime(last));
  return past < 0 ? null : `cache cold for ${formatDuration(past)}`;
}
