import { formatDuration, formatTokens, formatUsd, usd } from '../format.ts';
import { modelLimits } from '../models.ts';
import { chargePart } from '../pricing/price.ts';
import type { RateCard } from '../pricing/rateCard.ts';
import { noTokens, promptTokens } from '../usage.ts';
import type { BilledPart, TokenCounts, UsageEvent } from '../usage.ts';

/** A request whose answer has not been seen. */
export interface InFlightCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Null when the record does not say: the session's last one. */
  readonly model: string | null;
  /** The request's own ceiling on output tokens. */
  readonly maxOutput: number | null;
  /** Who bills when the session has no call yet. */
  readonly provider: string;
}

/** What the estimate knows of the session's last call. */
export type LastCall = Pick<UsageEvent, 'at' | 'provider' | 'speed' | 'tier' | 'region'> & BilledPart;

export interface Estimate {
  /** USD list value. */
  readonly usd: number;
  /** Its parts in words, dearest thing first. */
  readonly reasons: readonly string[];
}

const minute = 60_000;

/** An answer's output tokens when the user has no history with the model. */
const usualOutput = 4000;

/**
 * What a call in flight will cost: the session's context as of its last call, read from the cache or written anew, and
 * an answer as long as nine in ten of the user's (`p90Output`, null without history). Null when the model is unpriced.
 */
export function estimateCall(
  call: InFlightCall,
  last: LastCall | null,
  p90Output: number | null,
  card: RateCard,
): Estimate | null {
  const model = call.model ?? last?.model ?? null;
  if (model === null) return null;
  const ceiling = call.maxOutput ?? modelLimits(model)?.maxOutput ?? Infinity;
  const output = Math.min(p90Output ?? usualOutput, ceiling);
  const cost = (tokens: TokenCounts): number | null => {
    const rate = card.rate({
      provider: last?.provider ?? call.provider,
      model,
      at: call.at,
      prompt: promptTokens(tokens),
      speed: last?.speed ?? 'standard',
      tier: last?.tier ?? 'standard',
      region: last?.region ?? null,
    });
    const exact = chargePart({ model, tokens }, rate, 0).cost;
    return exact === null ? null : usd(exact);
  };
  const answer = `an answer of ${formatTokens(output)} tokens, as ${p90Output === null ? 'usual' : 'long as nine in ten of yours'}`;
  if (last === null) {
    const alone = cost({ ...noTokens, output });
    return alone === null ? null : { usd: alone, reasons: [answer, 'a new session of unknown context'] };
  }
  const context = promptTokens(last.tokens) + last.tokens.output;
  const warm = cost({ ...warmPrompt(last), output });
  const cold = cost({ ...written(last, context), output });
  if (warm === null || cold === null) return null;
  const lost = coldReason(call, last, model);
  const size = `${formatTokens(context)} context`;
  const state = lost === null ? 'cache warm' : `${lost} (+${formatUsd(Math.max(0, cold - warm))})`;
  return { usd: lost === null ? warm : cold, reasons: [`${size}, ${state}`, answer] };
}

/** Why the cache no longer holds the context, null when it does. */
function coldReason(call: InFlightCall, last: LastCall, model: string): string | null {
  if (model !== last.model) return `cache cold after the switch from ${last.model}`;
  const past = call.at - (last.at + cacheLifetime(last));
  return past < 0 ? null : `cache cold for ${formatDuration(past)}`;
}

/**
 * How long the prompt stays readable after a call, in ms. Anthropic: as it was written, 5 minutes or 1 hour. OpenAI: 30
 * minutes for models that bill writes (GPT-5.6 on); 5 to 10 before, of which the longer is taken.
 */
function cacheLifetime({ provider, tokens }: LastCall): number {
  if (tokens.cacheWrite1h > 0) return 60 * minute;
  if (provider !== 'openai') return 5 * minute;
  return tokens.cacheWrite5m > 0 ? 30 * minute : 10 * minute;
}

/** The last prompt from the cache, its answer on top. */
function warmPrompt(last: LastCall): TokenCounts {
  const prompt = promptTokens(last.tokens);
  const fresh = written(last, last.tokens.output);
  return caches(last) ? { ...fresh, cacheRead: prompt } : written(last, prompt + last.tokens.output);
}

/** Whether the session's prompts are cached; every vendor but Anthropic does so unasked. */
function caches({ provider, tokens }: LastCall): boolean {
  return provider !== 'anthropic' || tokens.cacheRead + tokens.cacheWrite5m + tokens.cacheWrite1h > 0;
}

/** Tokens that are not in the cache, in the class that the session pays them in. */
function written(last: LastCall, tokens: number): TokenCounts {
  const { cacheRead, cacheWrite5m, cacheWrite1h } = last.tokens;
  if (cacheWrite1h > 0) return { ...noTokens, cacheWrite1h: tokens };
  const writes = cacheWrite5m > 0 || (last.provider === 'anthropic' && cacheRead > 0);
  return writes ? { ...noTokens, cacheWrite5m: tokens } : { ...noTokens, input: tokens };
}
