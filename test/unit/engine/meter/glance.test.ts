import assert from 'node:assert/strict';
import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import type { SessionGlance } from '../../../../src/core/snapshot.ts';
import { createMeter } from '../../../../src/engine/meter.ts';
import type { Meter } from '../../../../src/engine/meter.ts';
import { createForeteller } from '../../../../src/engine/preflight/foretell.ts';
import { createTestLedger } from '../query/testLedger.ts';
import type { TestLedger } from '../query/testLedger.ts';

const rates = defaultRateCard({ overrides: {}, aliases: {} });
const card = (): typeof rates => rates;
const now = Date.parse('2026-11-09T12:00:00Z');
const minute = 60_000;

function meterOf({ db }: TestLedger, clock: () => number = () => 0): Meter {
  return createMeter({
    db,
    timeZone: 'UTC',
    host: '',
    settings: () => defaultSettings,
    folders: () => [],
    preflight: () => ({ agents: [], snoozedUntil: 0 }),
    scan: () => ({ state: 'idle', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 }),
    foresight: { card, foreteller: createForeteller({ db, card, clock }) },
    clock,
  });
}

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

  it('leaves the snapshot under 10 ms with 100,000 calls in the ledger', () => {
    const ledger = createTestLedger();
    ledger.call({ at: last, session: 'now', turn: 'a', parts: [{ cacheRead: 140_000, cacheWrite5m: 7000 }] });
    ledger.activity('now', 'request', '2026-11-09T11:59:50Z');
    ledger.db.exec(`
      WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
      INSERT INTO call SELECT i, 'k' || i, '', 0, 0, ${now} - i * 20000, 'claude', 'anthropic', 1, 1, 1, null,
        't' || (i / 10), null, 'standard', 'standard', null, 0, null, 'exact', 1, i, i FROM n;
      INSERT INTO charge SELECT id, 0, at, 1, 1, 2, 3, 4, 5, 6, 1000000, null, 0, 0, 0, 0, 0, 0 FROM call WHERE id > 1;`);
    const meter = meterOf(ledger, () => performance.now());
    meter.snapshot(now);
    const times = Array.from({ length: 20 }, () => {
      const start = performance.now();
      meter.changed({ earliest: now, calls: 1, rebuilt: false });
      meter.snapshot(now);
      return performance.now() - start;
    });
    const median = times.toSorted((a, b) => a - b)[10] ?? Infinity;
    assert.ok(median < 10, `${median} ms`);
  });
});
