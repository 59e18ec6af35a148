import assert from 'node:assert/strict';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import type { RateCard } from '../../../../src/core/pricing/rateCard.ts';
import { createHistory, readMemory, readPastCalls } from '../../../../src/engine/preflight/history.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestLedger } from '../query/testLedger.ts';

const newCard = (): RateCard => defaultRateCard({ overrides: {}, aliases: {} });
const dollar = 1_000_000_000_000n;
const times = ['09:00', '09:01', '09:02', '09:03'].map((t) => `2026-11-09T${t}:00Z`);

function ledgerOf(fill: (ledger: TestLedger) => void): TestLedger {
  const ledger = createTestLedger();
  fill(ledger);
  return ledger;
}

describe('past calls of the ledger', () => {
  it('come in order of time with what they cost and where they were', () => {
    const { db } = ledgerOf((l) => {
      l.call({ at: times[1] ?? '', session: 'child', parent: 's1', subagent: 'x', turn: null });
      l.call({
        at: times[0] ?? '',
        turn: 't',
        parts: [{ input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 5 }],
      });
    });
    const [first, second] = readPastCalls(db);
    assert.deepEqual([first?.session, first?.turn, first?.project, first?.cost], ['s1', 't', '/home/kim/shop', 1]);
    const tokens = { input: 1, cacheRead: 2, cacheWrite5m: 3, cacheWrite1h: 4, output: 5, thinking: null };
    assert.deepEqual(first?.tokens, tokens);
    assert.deepEqual([second?.session, second?.parentSession, second?.subagent], ['child', 's1', 'x']);
  });

  it('cost all of their parts, and nothing that is known when one has no price', () => {
    const parts = [{ cost: dollar }, { model: 'adviser', cost: dollar / 2n }];
    const { db } = ledgerOf((l) => {
      l.call({ at: times[0] ?? '', parts });
      l.call({ at: times[1] ?? '', parts: [...parts, { model: 'new', cost: null }] });
    });
    assert.deepEqual(
      readPastCalls(db).map((c) => c.cost),
      [1.5, null],
    );
  });

  it('think at the price of their answers', () => {
    const { db } = ledgerOf((l) => {
      l.call({ at: times[0] ?? '', parts: [{ output: 1000, thinking: 250 }] });
      l.call({ at: times[1] ?? '', parts: [{ output: 0, thinking: 0 }] });
      l.call({ at: times[2] ?? '', parts: [{ output: 10 }] });
    });
    db.exec(`UPDATE charge SET c_output = ${dollar}`);
    assert.deepEqual(
      readPastCalls(db).map((c) => c.thinking),
      [0.25, 0, null],
    );
  });

  it('make tasks of turns, subagents in sessions of their own included', () => {
    const { db } = ledgerOf((l) => {
      l.call({ at: times[0] ?? '', turn: 't' });
      l.call({ at: times[1] ?? '', session: 'child', parent: 's1', subagent: 'x', turn: 'own' });
      l.call({ at: times[2] ?? '', turn: 't' });
      l.call({ at: times[3] ?? '', turn: 'u' });
    });
    assert.deepEqual(
      readMemory(db, newCard())
        .tasks()
        .map((t) => t.cost),
      [3, 1],
    );
  });
});

describe('the history', () => {
  it('is read anew once it is old, after the answer that found it so, and at once when prices change', () => {
    const ledger = ledgerOf((l) => l.call({ at: times[0] ?? '', turn: 't1' }));
    let card = newCard();
    let now = 0;
    const waiting: (() => void)[] = [];
    const history = createHistory({ db: ledger.db, card: () => card, clock: () => now, later: (w) => waiting.push(w) });
    const tasks = (): number => history().tasks().length;
    assert.equal(tasks(), 1);
    ledger.call({ at: times[1] ?? '', turn: 't2' });
    assert.deepEqual([tasks(), waiting.length], [1, 0]);
    now = 30_000;
    assert.deepEqual([tasks(), tasks(), waiting.length], [1, 1, 1]);
    waiting.pop()?.();
    assert.deepEqual([tasks(), waiting.length], [2, 0]);
    ledger.call({ at: times[2] ?? '', turn: 't3' });
    card = newCard();
    assert.equal(tasks(), 3);
  });

  it('outlives a ledger that was closed meanwhile', () => {
    const ledger = ledgerOf((l) => l.call({ at: times[0] ?? '', turn: 't1' }));
    const card = newCard();
    let now = 0;
    const waiting: (() => void)[] = [];
    const history = createHistory({ db: ledger.db, card: () => card, clock: () => now, later: (w) => waiting.push(w) });
    history();
    now = 30_000;
    history();
    ledger.db.close();
    waiting.pop()?.();
    assert.equal(history().tasks().length, 1);
  });
});
