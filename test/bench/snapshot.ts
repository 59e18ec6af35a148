// What one snapshot costs the engine with a long history in the ledger, sessions at work and calls in flight.
//   node test/run.mjs bench:snapshot
import { defaultRateCard } from '../../src/core/pricing/defaultCard.ts';
import { defaultSettings } from '../../src/core/settings.ts';
import { createMeter } from '../../src/engine/meter.ts';
import { createForeteller } from '../../src/engine/preflight/foretell.ts';
import { createTestLedger } from '../unit/engine/query/testLedger.ts';
import { percentile } from './figures.ts';

const calls = 100_000;
const now = Date.parse('2026-11-09T12:00:00Z');
const ledger = createTestLedger();
ledger.call({ at: '2026-11-09T11:58:00Z', session: 'now', turn: 'a', parts: [{ cacheRead: 140_000 }] });
ledger.activity('now', 'request', '2026-11-09T11:59:50Z');
ledger.db.exec(`
  WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${calls})
  INSERT INTO call SELECT i, 'k' || i, '', 0, 0, ${now} - i * 20000, 'claude', 'anthropic', 1, 1, 1, null,
    't' || (i / 10), null, 'standard', 'standard', null, 0, null, 'exact', 1, i, i FROM n;
  INSERT INTO charge SELECT id, 0, at, 1, 1, 2, 3, 4, 5, 6, 1000000, null, 0, 0, 0, 0, 0, 0 FROM call WHERE id > 1;`);
const card = defaultRateCard({ overrides: {}, aliases: {} });
const clock = (): number => performance.now();
const meter = createMeter({
  db: ledger.db,
  timeZone: 'UTC',
  host: '',
  settings: () => defaultSettings,
  folders: () => [],
  scan: () => ({ state: 'idle', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 }),
  preflight: () => ({ agents: [], snoozedUntil: 0 }),
  card: () => card,
  foreteller: createForeteller({ db: ledger.db, card: () => card, clock }),
  clock,
});
meter.snapshot(now);
const times = Array.from({ length: 200 }, () => {
  const start = performance.now();
  meter.changed({ earliest: now, calls: 1, rebuilt: false });
  meter.snapshot(now);
  return performance.now() - start;
});
const at = (p: number): string => percentile(times, p).toFixed(1);
console.log(`a snapshot with ${calls} calls in the ledger: p50 ${at(50)} · p95 ${at(95)} · max ${at(100)} ms`);
