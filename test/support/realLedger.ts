import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import type { RateCard } from '../../src/core/pricing/rateCard.ts';
import { scannedLedger } from './scannedLedger.ts';

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
export function realLedger(runs: readonly string[], card: RateCard): Promise<DatabaseSync> {
  return scannedLedger(
    runs.map((run) => join(fixtures, run.replace('/', '/real/'), 'home')),
    card,
  );
}
