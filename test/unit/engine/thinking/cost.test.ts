import assert from 'node:assert/strict';
import type { DatabaseSync } from 'node:sqlite';
import { modelsOf, thinkingCost } from '../../../../src/engine/thinking/cost.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestCall } from '../query/testLedger.ts';

const since = Date.parse('2026-11-14T12:00:00Z');
const until = Date.parse('2026-11-21T12:00:00Z');

interface Call extends TestCall {
  /** Pico-dollars for all of the call's output; null is unpriced. */
  readonly outputCost: bigint | null;
  readonly effort?: string;
}

function ledgerOf(calls: readonly Call[]): DatabaseSync {
  const ledger = createTestLedger();
  const { db } = ledger;
  for (const one of calls) {
    const id = ledger.call(one);
    db.prepare('UPDATE charge SET c_output = ? WHERE call = ?').run(one.outputCost, id);
    db.prepare('UPDATE call SET effort = ? WHERE id = ?').run(one.effort ?? null, id);
  }
  return db;
}

const opus = 'claude-opus-5-5';
const haiku = 'claude-haiku-5-5';
// $20 a million tokens: 20,000,000 pico-dollars each.
const told: Call = {
  at: '2026-11-20T10:00:00Z',
  effort: 'high',
  outputCost: 2_000_000_000_000n,
  parts: [{ model: opus, output: 100_000, thinking: 60_000 }],
};

describe('what thinking cost', () => {
  const cases: readonly { readonly name: string; readonly calls: readonly Call[]; readonly want: number | null }[] = [
    { name: 'is the thinking share of the output at its own rate', calls: [told], want: 1.2 },
    { name: 'is a sum over calls', calls: [told, { ...told, at: '2026-11-21T11:59:59Z' }], want: 2.4 },
    { name: 'leaves out calls before the week', calls: [told, { ...told, at: '2026-11-14T11:59:59Z' }], want: 1.2 },
    { name: "leaves out other agents' calls", calls: [told, { ...told, agent: 'codex', session: 's2' }], want: 1.2 },
    {
      name: 'is zero where the records say that there was none',
      calls: [{ ...told, parts: [{ model: opus, output: 10, thinking: 0 }] }],
      want: 0,
    },
    {
      name: 'is not known where they never say',
      calls: [{ ...told, parts: [{ model: opus, output: 10, thinking: null }] }],
      want: null,
    },
    { name: 'is not known without a price', calls: [{ ...told, outputCost: null }], want: null },
    { name: 'is not known without calls', calls: [], want: null },
    {
      name: 'is never more than the output',
      calls: [{ ...told, parts: [{ model: opus, output: 100_000, thinking: 900_000 }] }],
      want: 2,
    },
  ];
  for (const { name, calls, want } of cases) {
    it(name, () => assert.equal(thinkingCost(ledgerOf(calls), 'claude', since, until), want));
  }

  it('goes by the models on the main thread, the one used last first', () => {
    const calls: readonly Call[] = [
      told,
      { ...told, at: '2026-11-21T10:00:00Z', parts: [{ model: haiku }] },
      { ...told, at: '2026-11-21T11:00:00Z', subagent: 'a1', parts: [{ model: 'claude-sonnet-5-5' }] },
    ];
    assert.deepEqual(modelsOf(ledgerOf(calls), 'claude', since, until), [haiku, opus]);
  });
});
