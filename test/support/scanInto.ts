import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { defaultRateCard } from '../../src/core/pricing/defaultCard.ts';
import { sources } from '../../src/core/sources/index.ts';
import { scanOnce } from '../../src/engine/ingest/ingest.ts';
import { openLedger } from '../../src/engine/ledger/open.ts';

/** A new ledger in `folder` that holds all the calls of Linux homes. */
export async function scanInto(folder: string, homes: readonly string[]): Promise<DatabaseSync> {
  const ledgerPath = join(folder, 'data', 'ledger.db');
  const { db } = openLedger(ledgerPath);
  const card = defaultRateCard({ overrides: {}, aliases: {} });
  await scanOnce({
    db,
    ledgerPath,
    sources,
    homes: homes.map((home) => ({ platform: 'linux', home, env: {} })),
    card: () => card,
    now: () => Date.UTC(2026, 10, 22),
    onChange: () => undefined,
    onScan: () => undefined,
    log: () => undefined,
  });
  return db;
}
