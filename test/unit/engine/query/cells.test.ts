import assert from 'node:assert/strict';
import { readCells } from '../../../../src/engine/query/cells.ts';
import { always, scopeOf } from '../../../../src/engine/query/scope.ts';
import { sumCells, toTotals } from '../../../../src/engine/query/sums.ts';
import type { Filter } from '../../../../src/core/query.ts';
import type { Totals } from '../../../../src/core/totals.ts';
import { createTestLedger } from './testLedger.ts';
import type { TestCall } from './testLedger.ts';

const opus = 'claude-opus-5-5';
const haiku = 'claude-haiku-5-5';

function totals(calls: readonly TestCall[], filter: Filter = {}, period = always): Totals {
  const ledger = createTestLedger();
  for (const call of calls) ledger.call(call);
  return toTotals(sumCells(readCells(ledger.db, scopeOf(period, filter, 'UTC'), [])));
}

describe('sums of calls', () => {
  it('are exact to the pico-dollar until the end', () => {
    const cost = 9_007_199_254_740_993n; // 2^53 + 1
    const sum = createTestLedger();
    sum.call({ at: '2026-09-01T10:00:00Z', parts: [{ cost }] });
    sum.call({ at: '2026-09-01T10:00:00Z', parts: [{ cost }] });
    assert.equal(sumCells(readCells(sum.db, scopeOf(always, {}, 'UTC'), [])).pico, 2n * cost);
  });

  it('add each token class and the searches of a call once', () => {
    const parts = [
      { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 50, thinking: 6 },
      { model: haiku, input: 10, output: 5 },
    ];
    assert.deepEqual(totals([{ at: '2026-09-01T10:00:00Z', searches: 3, parts }]), {
      calls: 1,
      tokens: { input: 11, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 55, thinking: 6 },
      listCost: 2,
      outOfPocket: null,
      webSearches: 3,
      unpriced: { calls: 0, tokens: 0, models: [] },
    });
  });

  it('charge each part to its own model and count a call once per model', () => {
    const parts = [{ model: opus }, { model: haiku, cost: 5n }, { model: haiku, cost: 7n }];
    const ledger = createTestLedger();
    ledger.call({ at: '2026-09-01T10:00:00Z', parts });
    const cells = readCells(ledger.db, scopeOf(always, {}, 'UTC'), []);
    const models = cells
      .map((c) => [c.model, sumCells([c], true).calls, c.pico] as const)
      .toSorted((a, b) => a[0].localeCompare(b[0]));
    assert.deepEqual(models, [
      [haiku, 1, 12n],
      [opus, 1, 1_000_000_000_000n],
    ]);
    assert.equal(sumCells(cells).calls, 1);
  });

  it('say what is unpriced and add nothing for it', () => {
    const parts = [
      { model: 'new-model', input: 3, output: 4, cost: null },
      { model: 'newer-model', input: 1, cost: null },
    ];
    const sum = totals([{ at: '2026-09-01T10:00:00Z', parts }, { at: '2026-09-01T10:00:00Z' }]);
    assert.deepEqual(sum.unpriced, { calls: 1, tokens: 8, models: ['new-model', 'newer-model'] });
    assert.deepEqual([sum.calls, sum.listCost], [2, 1]);
  });

  it('know an unpriced part after a priced one, and see it without its model in view', () => {
    const calls = [{ at: '2026-09-01T10:00:00Z', parts: [{}, { model: 'new-model', input: 5, cost: null }] }];
    assert.deepEqual(totals(calls).unpriced, { calls: 1, tokens: 5, models: ['new-model'] });
    assert.deepEqual(totals(calls, { model: opus }).unpriced, { calls: 0, tokens: 0, models: [] });
    assert.equal(totals(calls, { model: 'new-model' }).calls, 1);
    assert.equal(totals(calls, { model: 'new-model' }).listCost, 0);
  });

  const calls: readonly TestCall[] = [
    { at: '2026-09-01T10:00:00Z', agent: 'claude', session: 'a', project: '/p/one', branch: 'main' },
    {
      at: '2026-09-01T10:30:00Z',
      agent: 'codex',
      session: 'b',
      project: '/p/two',
      branch: null,
      parts: [{ model: haiku }],
    },
    { at: '2026-09-02T09:00:00Z', agent: 'codex', session: 'b', project: null, branch: 'x', parts: [{ model: haiku }] },
  ];
  const cases: readonly (readonly [Filter, number])[] = [
    [{}, 3],
    [{ agent: 'codex' }, 2],
    [{ model: opus }, 1],
    [{ model: 'nobody' }, 0],
    [{ project: '/p/two' }, 1],
    [{ project: '' }, 1],
    [{ project: '/p' }, 0],
    [{ branch: '' }, 1],
    [{ branch: 'main' }, 1],
    [{ session: 'b' }, 2],
    [{ session: 'b', agent: 'claude' }, 0],
    [{ day: '2026-09-02' }, 1],
    [{ day: 'tomorrow' }, 0],
    [{ hour: '2026-09-01T10:00+00:00' }, 2],
    [{ hour: '2026-09-01T12:00+02:00' }, 2],
    [{ hour: '2026-09-01T09:00+00:00' }, 0],
    [{ agent: "codex' OR 1=1 --" }, 0],
  ];
  for (const [filter, expected] of cases) {
    it(`filter ${JSON.stringify(filter)}: ${expected}`, () => assert.equal(totals(calls, filter).calls, expected));
  }

  it('take the start of a period and leave its end', () => {
    const [since, until] = [Date.parse('2026-09-01T10:00:00Z'), Date.parse('2026-09-01T10:30:00Z')];
    assert.equal(totals(calls, {}, { since, until }).calls, 1);
    assert.equal(totals(calls, {}, { since, until: until + 1 }).calls, 2);
    assert.equal(totals(calls, {}, { since: since + 1, until }).calls, 0);
  });
});
