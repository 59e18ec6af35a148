// A process that ingests a home and kills itself at the n-th step of its database: `node crashChild.ts home ledger n`.
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { defaultRateCard } from '../../src/core/pricing/defaultCard.ts';
import { sources } from '../../src/core/sources/index.ts';
import { scanOnce } from '../../src/engine/ingest/ingest.ts';
import { openLedger } from '../../src/engine/ledger/open.ts';

const [home = '', ledger = '', fatal = '0'] = process.argv.slice(2);
let left = Number(fatal);

/** Dies before or after the step, by turns. */
function dieAround(owner: object, name: string): void {
  const step: unknown = Reflect.get(owner, name);
  if (typeof step !== 'function') throw new Error(`No ${name}`);
  Reflect.set(owner, name, function around(this: unknown, ...args: unknown[]): unknown {
    left -= 1;
    if (left === 0 && Number(fatal) % 2 === 0) process.kill(process.pid, 'SIGKILL');
    const result: unknown = Reflect.apply(step, this, args);
    if (left === 0) process.kill(process.pid, 'SIGKILL');
    return result;
  });
}

dieAround(DatabaseSync.prototype, 'exec');
dieAround(StatementSync.prototype, 'run');

const { db } = openLedger(ledger);
const card = defaultRateCard({ overrides: {}, aliases: {} });
await scanOnce({
  db,
  ledgerPath: ledger,
  sources,
  homes: [{ platform: 'linux', home, env: {} }],
  card: () => card,
  now: () => Date.UTC(2026, 8, 2),
  onChange: () => undefined,
  onScan: () => undefined,
  log: (level, message) => process.stderr.write(`${level} ${message}\n`),
});
db.close();
