import type { DatabaseSync } from 'node:sqlite';
import { migrations } from './schema.ts';
import { inTransaction } from './transaction.ts';

/** The ledger belongs to a later version of Burn Meter. The message is fit for the user. */
export class NewerLedgerError extends Error {
  override readonly name = 'NewerLedgerError';
  constructor() {
    super('Your usage ledger was written by a newer version of Burn Meter. Update Burn Meter here to use it.');
  }
}

/** Takes the schema to this version. Safe when several processes open a new ledger at once. */
export function migrate(db: DatabaseSync): void {
  if (version(db) === migrations.length) return;
  inTransaction(db, () => {
    const from = version(db);
    if (from > migrations.length) throw new NewerLedgerError();
    for (const sql of migrations.slice(from)) db.exec(sql);
    db.exec(`PRAGMA user_version = ${migrations.length}`);
  });
}

function version(db: DatabaseSync): number {
  return Number(db.prepare('PRAGMA user_version').get()?.['user_version']);
}
