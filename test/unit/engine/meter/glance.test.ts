import assert from 'node:assert/strict';
import type { SessionGlance } from '../../../../src/core/snapshot.ts';
import { createForeteller } from '../../../../src/engine/preflight/foretell.ts';
import type { LiveSession } from '../../../../src/engine/query/sessions.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestLedger } from '../query/testLedger.ts';
import { card, meterOf } from './testMeter.ts';

const now = Date.parse('2026-11-09T12:00:00Z');
const minute = 60_000;

function sessionAfter(fill: (ledger: TestLedger) => void): SessionGlance | undefined {
  const ledger = createTestLedger();
  fill(ledger);
  return meterOf(ledger).snapshot(now).active[0];
}

const last = '2026-11-09T11:58:00Z';
// Opus 5.5: read 0.20, write 5 (1 h: 8), output 20
const rows: readonly [title: string, tokens: object, model: string, lives: number, extra: string][] = [
  ['five minutes', { cacheRead: 140_000, cacheWrite5m: 7000, output: 1000 }, 'claude-opus-5-5', 5, '0.7056'],
  ['an hour', { cacheRead: 140_000, cacheWrite1h: 7000, output: 1000 }, 'claude-opus-5-5', 60, '1.1466'],
  // The whole prompt is above 100k: 147k × (0.625 − 0.05)
  ['its long-context price', { cacheRead: 140_000, cacheWrite5m: 7000 }, 'claude-haiku-5-5', 5, '0.0845'],
];

describe("a session's cache", () => {
  for (const [title, tokens, model, lives, extra] of rows) {
    it(`lives ${title}, and losing it costs what it holds written instead of read`, () => {
      const session = sessionAfter((l) => {
        l.call({ at: last, parts: [{ ...tokens, model }] });
        l.activity('s1', 'turnEnd', last);
      });
      assert.equal(session?.cache?.until, Date.parse(last) + lives * minute);
      assert.equal(session.cache.extra.toFixed(4), extra);
    });
  }

  const none: readonly [title: string, part: object][] = [
    ['nothing was cached', { input: 9000, output: 10 }],
    ['the model has no price', { cacheRead: 9000, model: 'mystery-1', cost: null }],
  ];
  for (const [title, part] of none) {
    it(`is not shown when ${title}`, () => {
      const session = sessionAfter((l) => {
        l.call({ at: last, parts: [part] });
        l.activity('s1', 'turnEnd', last);
      });
      assert.equal(session?.cache, null);
    });
  }
});

describe('a call in flight', () => {
  const answers = Array.from({ length: 19 }, (_, i) => (i + 1) * 100);
  const fill = (l: TestLedger): void => {
    answers.forEach((output, i) =>
      l.call({ at: '2026-11-09T10:00:00Z', session: 'past', turn: `t${i}`, parts: [{ cacheRead: 10_000, output }] }),
    );
    l.call({ at: last, session: 'now', turn: 'a', parts: [{ cacheRead: 140_000, cacheWrite5m: 7000, output: 1000 }] });
  };

  it('is estimated by the context, the cache and the answers so far', () => {
    const session = sessionAfter((l) => {
      fill(l);
      l.activity('now', 'request', '2026-11-09T11:59:50Z');
    });
    // 147k × 0.20 + 1k × 5 µ$ + answers of 1,000 (nine in ten: 1,800) × 20; the running task is not among them.
    assert.equal(session?.inFlight?.since, Date.parse('2026-11-09T11:59:50Z'));
    assert.equal(session.inFlight.median.toFixed(4), '0.0544');
    assert.equal(session.inFlight.p90.toFixed(4), '0.0704');
  });

  for (const kind of ['answer', 'turnStart', 'turnEnd']) {
    it(`is none after ${kind}`, () => {
      const session = sessionAfter((l) => {
        fill(l);
        l.activity('now', kind, '2026-11-09T11:59:50Z');
      });
      assert.equal(session?.inFlight, null);
    });
  }

  it('is estimated once, however often it is shown', () => {
    const ledger = createTestLedger();
    fill(ledger);
    ledger.activity('now', 'request', '2026-11-09T11:59:50Z');
    let asked = 0;
    const foreteller = createForeteller({ db: ledger.db, card, clock: () => 0 });
    const counting = { ...foreteller, inFlight: (r: LiveSession) => ((asked += 1), foreteller.inFlight(r)) };
    const meter = meterOf(ledger, { foreteller: counting });
    const shown = [1, 2, 3].map(() => meter.snapshot(now).active[0]?.inFlight?.median);
    assert.deepEqual([new Set(shown).size, asked], [1, 1]);
    ledger.activity('now', 'request', '2026-11-09T11:59:55Z');
    assert.equal(meter.snapshot(now).active[0]?.inFlight?.since, Date.parse('2026-11-09T11:59:55Z'));
    assert.equal(asked, 2);
  });
});
