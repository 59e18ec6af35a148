import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { price } from '../../../../src/core/pricing/price.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';
import { addTokens, promptTokens } from '../../../../src/core/usage.ts';
import { costOf } from '../../../support/costOf.ts';
import { usageEvent } from '../../../support/usageEvent.ts';
import type { EventSpec } from '../../../support/usageEvent.ts';

const card = defaultRateCard({ overrides: {}, aliases: {} });
const count = fc.nat(3_000_000);
const counts = fc.record<TokenCounts>({
  input: count,
  cacheRead: count,
  cacheWrite5m: count,
  cacheWrite1h: count,
  output: count,
  thinking: fc.constant(null),
});
const mode = fc.record({
  provider: fc.constant('anthropic'),
  model: fc.constantFrom('claude-opus-5-5', 'claude-sonnet-4-5', 'claude-haiku-5-5', 'claude-opus-4-8'),
  tier: fc.constantFrom('standard', 'batch', 'priority'),
  region: fc.constantFrom(null, 'us'),
  webSearches: fc.nat(9),
} satisfies Record<string, fc.Arbitrary<unknown>>);

function cost(event: EventSpec): bigint {
  return costOf(price(usageEvent(event), card)) ?? assert.fail('unpriced');
}

describe('any price', () => {
  it('is the sum of its components', () => {
    fc.assert(
      fc.property(mode, counts, (how, tokens) => {
        const [part] = price(usageEvent({ ...how, tokens }), card).parts;
        assert.ok(part?.components && part.rate);
        const sum = Object.values(part.components).reduce((a: bigint, b: bigint) => a + b, 0n);
        assert.equal(part.cost, sum);
      }),
    );
  });

  it('grows with every token', () => {
    fc.assert(
      fc.property(mode, counts, counts, (how, some, more) => {
        assert.ok(cost({ ...how, tokens: addTokens(some, more) }) >= cost({ ...how, tokens: some }));
      }),
    );
  });

  it('is the same for a call and its halves while both are short', () => {
    fc.assert(
      fc.property(mode, counts, counts, (how, one, other) => {
        const short = { ...how, model: 'claude-opus-5-5', webSearches: 0 };
        const whole = cost({ ...short, tokens: addTokens(one, other) });
        const halves = cost({ ...short, tokens: one }) + cost({ ...short, tokens: other });
        assert.equal(whole, halves);
      }),
    );
  });

  it('is a whole cliff higher above the threshold, never a part of it', () => {
    fc.assert(
      fc.property(counts, (tokens) => {
        const [part] = price(usageEvent({ model: 'claude-haiku-5-5', tokens }), card).parts;
        assert.equal(part?.rate?.longContextAbove, promptTokens(tokens) > 100_000 ? 100_000 : null);
        assert.equal(part?.rate?.perToken.output, promptTokens(tokens) > 100_000 ? 2_500_000 : 500_000);
      }),
    );
  });
});
