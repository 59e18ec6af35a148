import { promptTokens } from '../usage.ts';
import type { BilledPart, UsageEvent } from '../usage.ts';
import type { AppliedRate, Charge, ChargedPart, Components, Pico } from './charge.ts';
import type { RateCard } from './rateCard.ts';

/**
 * Prices an event at the rates in force at its own instant. Each part is a request of its own: its prompt alone decides
 * its long-context tier. A part without a known rate has no cost at all. Never throws.
 */
export function price(event: UsageEvent, card: RateCard): Charge {
  const [main] = event.parts;
  const parts = event.parts.map((part, i) => {
    const rate = card.rate({
      provider: event.provider,
      model: part.model,
      at: event.at,
      prompt: promptTokens(part.tokens),
      // Fast mode is a property of the model that answers; an advisor of another model runs at its usual speed.
      speed: part.model === main.model ? event.speed : 'standard',
      tier: event.tier,
      region: event.region,
    });
    // Searches are the main part's: they are counted once for the whole call.
    return chargePart(part, rate, i === 0 ? event.webSearches : 0);
  });
  return { event, parts };
}

/** The arithmetic of one part; a null rate leaves it unpriced. */
export function chargePart(part: BilledPart, rate: AppliedRate | null, webSearches: number): ChargedPart {
  if (rate === null) return { ...part, rate: null, components: null, cost: null };
  const num = rate.factors.reduce((n, f) => n * BigInt(f.num), 1n);
  const den = rate.factors.reduce((d, f) => d * BigInt(f.den), 1n);
  const amount = (tokens: number, perToken: number): Pico => fraction(BigInt(tokens) * BigInt(perToken) * num, den);
  const { tokens } = part;
  const components: Components = {
    input: amount(tokens.input, rate.perToken.input),
    cacheRead: amount(tokens.cacheRead, rate.perToken.cacheRead),
    cacheWrite5m: amount(tokens.cacheWrite5m, rate.perToken.cacheWrite5m),
    cacheWrite1h: amount(tokens.cacheWrite1h, rate.perToken.cacheWrite1h),
    output: amount(tokens.output, rate.perToken.output),
    fees: BigInt(webSearches) * BigInt(rate.perSearch),
  };
  return { ...part, rate, components, cost: sum(components) };
}

/** Rounded half up, and only where a fraction of a pico-dollar remains. */
function fraction(num: bigint, den: bigint): Pico {
  return den === 1n ? num : (2n * num + den) / (2n * den);
}

function sum(c: Components): Pico {
  return c.input + c.cacheRead + c.cacheWrite5m + c.cacheWrite1h + c.output + c.fees;
}
