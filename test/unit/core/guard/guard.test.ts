import assert from 'node:assert/strict';
import { budgetVerdict } from '../../../../src/core/guard/budget.ts';
import { inFlightVerdict, requestKey } from '../../../../src/core/guard/inFlight.ts';

describe('daily budget', () => {
  const settings = { dailyBudget: 10, dailyBudgetWarnAt: 0.8 };
  const rows: readonly [spent: number, level: 'ok' | 'warning' | 'error', reason: string][] = [
    [0, 'ok', "0% used: $0.00 of today's $10.00 budget."],
    [7.99, 'ok', "80% used: $7.99 of today's $10.00 budget."],
    [8, 'warning', "80% used: $8.00 of today's $10.00 budget."],
    [10, 'warning', "100% used: $10.00 of today's $10.00 budget."],
    [10.42, 'error', "Over budget by $0.42: $10.42 of today's $10.00 budget."],
  ];
  for (const [spent, level, reason] of rows) {
    it(`${spent} is ${level}`, () => assert.deepEqual(budgetVerdict(spent, settings), { level, reason }));
  }
  it('is not judged without a budget', () => {
    assert.equal(budgetVerdict(100, { ...settings, dailyBudget: 0 }), null);
  });
});

describe('a call in flight', () => {
  const estimate = { usd: 1.26, reasons: ['148k context, cache cold for 72 min (+$1.15)', 'an answer of 4k tokens'] };
  const key = requestKey({ session: 's', subagent: null, at: 1 });

  it('is worth a word above the threshold', () => {
    assert.deepEqual(inFlightVerdict(estimate, 1, key, new Set()), {
      level: 'warning',
      reason: 'This call may cost about $1.26: 148k context, cache cold for 72 min (+$1.15); an answer of 4k tokens.',
    });
  });
  it('is none at or below it', () => assert.equal(inFlightVerdict(estimate, 1.26, key, new Set()).level, 'ok'));
  it('is none when warnings are off', () => assert.equal(inFlightVerdict(estimate, 0, key, new Set()).level, 'ok'));
  it('is none a second time', () => assert.equal(inFlightVerdict(estimate, 1, key, new Set([key])).level, 'ok'));
  it('is another one in the next request and in a subagent', () => {
    const warned = new Set([key]);
    const next = requestKey({ session: 's', subagent: null, at: 2 });
    const inner = requestKey({ session: 's', subagent: 'a', at: 1 });
    assert.deepEqual(
      [next, inner].map((k) => inFlightVerdict(estimate, 1, k, warned).level),
      ['warning', 'warning'],
    );
  });
  it('is not judged without a price', () => assert.equal(inFlightVerdict(null, 1, key, new Set()).level, 'ok'));
});
