import type { DatabaseSync } from 'node:sqlite';

/** Runs `work` in one write transaction: all of it is kept or, when it throws, none. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  // IMMEDIATE takes the write lock at the start: what is read inside cannot change before it is written.
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
}
