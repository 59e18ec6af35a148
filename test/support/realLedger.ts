import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { RateCard } from '../../src/core/pricing/rateCard.ts';
import { sources } from '../../src/core/sources/index.ts';
import { scanOnce } from '../../src/engine/ingest/ingest.ts';
import { migrations } from '../../src/engine/ledger/schema.ts';

const fixtures = join(import.meta.dirname, '../fixtures');

/** Every run of real clients among the fixtures, as `agent/run`. */
export function realRuns(): string[] {
  return ['claude', 'codex'].flatMap((agent) =>
    readdirSync(join(fixtures, agent, 'real'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${agent}/${entry.name}`),
  );
}

/** A ledger in memory of runs of real clients. */
export async function realLedger(runs: readonly string[], card: RateCard): Promise<DatabaseSync> {
  const db = new DatabaseSync(':memory:');
  for (const step of migrations) db.exec(step);
  await scanOnce({
    db,
    ledgerPath: ':memory:',
    sources,
    homes: runs.map((run) => ({
      platform: 'linux',
      home: join(fixtures, run.replace('/', '/real/'), 'home'),
      env: {},
    })),
    card: () => card,
    now: () => Date.parse('2026-11-22T00:00:00Z'),
    onChange: () => undefined,
    onScan: () => undefined,
    log: (level, message) => assert.fail(`${level}: ${message}`),
  });
  return db;
}
