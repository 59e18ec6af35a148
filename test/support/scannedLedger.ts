import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { defaultRateCard } from '../../src/core/pricing/defaultCard.ts';
import { sources } from '../../src/core/sources/index.ts';
import { scanOnce } from '../../src/engine/ingest/ingest.ts';
import { migrations } from '../../src/engine/ledger/schema.ts';

/** A ledger in memory that holds all the calls of Linux homes. */
export async function scannedLedger(
  homes: readonly string[],
  card = defaultRateCard({ overrides: {}, aliases: {} }),
): Promise<DatabaseSync> {
  const db = new DatabaseSync(':memory:');
  for (const step of migrations) db.exec(step);
  await scanOnce({
    db,
    ledgerPath: ':memory:',
    sources,
    homes: homes.map((home) => ({ platform: 'linux', home, env: {} })),
    card: () => card,
    now: () => Date.parse('2026-11-22T00:00:00Z'),
    onChange: () => undefined,
    onScan: () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  });
  return db;
}
