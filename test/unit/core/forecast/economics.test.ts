import assert from 'node:assert/strict';
import { usd } from '../../../../src/core/format.ts';
import { mixOf, runRate, tierOf } from '../../../../src/core/forecast/mix.ts';
import { price } from '../../../../src/core/pricing/price.ts';
import { createRateCard, priceRows } from '../../../../src/core/pricing/rateCard.ts';
import type { Rates } from '../../../../src/core/pricing/table.ts';
import type { TokenCounts } from '../../../../src/core/usage.ts';
import { costOf } from '../../../support/costOf.ts';
import { usageEvent } from '../../../support/usageEvent.ts';

// The economics' own rate card and its figures [F1] to [F7], from the product's functions.
const seeds: Readonly<Record<string, Rates>> = {
  'claude-opus-4-7': { input: 15, output: 75 },
  'claude-sonnet-4-6': { input: 3, output: 15, read: 0.3 },
  'claude-haiku-4-5': { input: 1, output: 5 },
  'gpt-5': { input: 5, output: 20 },
};
const seed = createRateCard({
  models: Object.entries(seeds).map(([model, rates]) => ({ provider: 'seed', model, rows: [{ rates }] })),
  modifiers: [],
  source: 'economics',
  sourceDate: '2026-11-21',
});

function cost(model: string, tokens: Partial<TokenCounts>): number {
  return usd(costOf(price(usageEvent({ provider: 'seed', model, tokens }), seed)) ?? assert.fail('unpriced'));
}

const sonnet = (input: number, output: number): number => cost('claude-sonnet-4-6', { input, output });
const small = sonnet(8000, 1200);
const medium = sonnet(25_000, 3500);
const large = sonnet(80_000, 8000);
const heavy = sonnet(150_000, 15_000);
const mix = mixOf([
  { share: 0.6, cost: small },
  { share: 0.25, cost: medium },
  { share: 0.12, cost: large },
  { share: 0.03, cost: heavy },
]);

function near(actual: number | undefined, expected: number): void {
  assert.ok(actual !== undefined && Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`);
}

describe('economics', () => {
  it('F1: what a call of each class costs', () => {
    assert.deepEqual([sonnet(3000, 500), small, medium, large, heavy], [0.0165, 0.042, 0.1275, 0.36, 0.675]);
  });
  it('F2: the working mix', () => near(mix.perTask, 0.120525));
  it('F3: the heavy tail', () => assert.equal(mix.spendShares.at(-1)?.toFixed(3), '0.168'));
  it('F4: daily and monthly run rates', () => {
    for (const [tasks, perDay, perMonth, tier] of [
      [10, 1.2, 36, 'hobby'],
      [100, 12, 360, 'builder'],
      [1000, 120, 3600, 'team'],
    ] as const) {
      near(runRate(tasks, 0.12).perDay, perDay);
      near(runRate(tasks, 0.12).perMonth, perMonth);
      assert.equal(tierOf(tasks), tier);
    }
  });
  it('F5: price ratios against Haiku', () => {
    const rows = new Map(priceRows(seed).map((r) => [r.model, r]));
    const haiku = rows.get('claude-haiku-4-5') ?? assert.fail();
    const ratio = (model: string): (number | undefined)[] => {
      const row = rows.get(model);
      return [row && row.input / haiku.input, row && row.output / haiku.output];
    };
    assert.deepEqual(ratio('claude-opus-4-7'), [15, 15]);
    assert.deepEqual(ratio('claude-sonnet-4-6'), [3, 3]);
    assert.deepEqual(ratio('gpt-5'), [5, 4]);
  });
  it('F6: 20,000 thinking tokens', () => {
    const thinking = { output: 20_000, thinking: 20_000 };
    assert.deepEqual([cost('claude-opus-4-7', thinking), cost('claude-sonnet-4-6', thinking)], [1.5, 0.3]);
  });
  it('F7: two tasks of 15,000 thinking tokens', () => {
    near(2 * cost('claude-sonnet-4-6', { output: 15_000, thinking: 15_000 }), 0.45);
  });
  it('tiers change at 30 and above 300', () => {
    assert.deepEqual([29.9, 30, 300, 300.1].map(tierOf), ['hobby', 'builder', 'builder', 'team']);
  });
  it('a mix that costs nothing has no tail', () => {
    assert.deepEqual(mixOf([{ share: 1, cost: 0 }]), { perTask: 0, spendShares: [0] });
  });
});
