import { isSameModel } from '../models.ts';
import type { AppliedRate, Pico } from '../pricing/charge.ts';
import { chargePart } from '../pricing/price.ts';
import type { RateCard } from '../pricing/rateCard.ts';
import { addTokens, noTokens } from '../usage.ts';
import type { TokenCounts } from '../usage.ts';
import { cachedTokens, coldReason, writtenAnew } from './cacheState.ts';
import type { LastCall } from './cacheState.ts';

/** A request as it stands before it is sent. */
export interface NextPrompt {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly model: string;
  /** Tokens that it will read, the prompt included. */
  readonly context: number;
  /** The last call of its thread; null when the thread is new. */
  readonly last: LastCall | null;
  /** A call of the same agent, of this model where there is one: how it is billed and cached when `last` cannot tell. */
  readonly usual: LastCall | null;
  /** Who bills when there is no such call; '' when it is not known. */
  readonly provider: string;
  /** Of a new thread: tokens that other sessions have left in the cache. */
  readonly shared: number;
}

/** What a request costs before its answer. All amounts are of one moment and one rate card. */
export interface PromptCost {
  readonly state: 'warm' | 'cold' | 'none';
  /** Why it is cold, in words; null when it is not. */
  readonly lost: string | null;
  /** Reading the context, as the cache stands. */
  readonly now: Pico;
  /** What of it is due to the cache having been lost; 0 unless cold. */
  readonly extra: Pico;
  /** Had the whole context been in the cache. */
  readonly read: Pico;
  /** What a token costs that is read again, that joins the context, and that is answered. */
  readonly perRead: Pico;
  readonly perWritten: Pico;
  readonly perAnswered: Pico;
}

/** The cost of a request's prompt, cold or warm; null when the model has no price. */
export function promptCost(next: NextPrompt, card: RateCard): PromptCost | null {
  const { last, context } = next;
  const how = last !== null && isSameModel(last.model, next.model) ? last : (next.usual ?? last);
  const rate = rateOf(next, how, card);
  if (rate === null) return null;
  const price = (tokens: TokenCounts): Pico => chargePart({ model: next.model, tokens }, rate, 0).cost ?? 0n;
  const fresh = (tokens: number): TokenCounts => (how === null ? writtenFirst(rate, tokens) : writtenAnew(how, tokens));
  const partly = (kept: number): TokenCounts => addTokens({ ...noTokens, cacheRead: kept }, fresh(context - kept));
  const held = Math.min(context, last === null ? next.shared : cachedTokens(last));
  const lost = last === null || held === 0 ? null : coldReason(last, next.model, next.at);
  const caches = how === null || cachedTokens(how) > 0;
  const [warm, cold] = [price(partly(held)), price(partly(0))];
  return {
    state: last === null || held === 0 ? 'none' : lost === null ? 'warm' : 'cold',
    lost,
    now: lost === null ? warm : cold,
    extra: lost === null || cold < warm ? 0n : cold - warm,
    read: caches ? price({ ...noTokens, cacheRead: context }) : cold,
    perRead: caches ? price({ ...noTokens, cacheRead: 1 }) : price({ ...noTokens, input: 1 }),
    perWritten: price(fresh(1)),
    perAnswered: price({ ...noTokens, output: 1 }),
  };
}

/** Of an agent that has not called yet: those who pay for writes do cache, three in four of them for an hour where they can. */
function writtenFirst({ perToken }: AppliedRate, tokens: number): TokenCounts {
  if (perToken.cacheWrite5m <= perToken.input) return { ...noTokens, input: tokens };
  return { ...noTokens, [perToken.cacheWrite1h > perToken.cacheWrite5m ? 'cacheWrite1h' : 'cacheWrite5m']: tokens };
}

/** Of the whole request: its prompt decides the long-context tier, however it is cached. */
function rateOf(
  { model, at, provider, context }: NextPrompt,
  how: LastCall | null,
  card: RateCard,
): AppliedRate | null {
  return card.rate({
    provider: how?.provider ?? provider,
    model,
    at,
    prompt: context,
    speed: how?.speed ?? 'standard',
    tier: how?.tier ?? 'standard',
    region: how?.region ?? null,
  });
}
