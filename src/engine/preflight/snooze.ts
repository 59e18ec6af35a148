import type { DatabaseSync } from 'node:sqlite';

// In the ledger, so that every window's engine keeps the same peace, also after a restart.

/** Until when no question is asked, ms since the epoch; 0 when they are. */
export function readSnooze(db: DatabaseSync): number {
  const until = Number(db.prepare("SELECT value FROM meta WHERE key = 'snoozedUntil'").get()?.['value'] ?? 0);
  return Number.isFinite(until) ? until : 0;
}

/** `until` as above; takes the write connection. */
export function writeSnooze(db: DatabaseSync, until: number): void {
  db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('snoozedUntil', ?)").run(String(Math.round(until)));
}
