import { closeSync, mkdirSync, openSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate } from './migrate.ts';
import { salvage } from './salvage.ts';
import { isDamage, setAside } from './setAside.ts';

export interface OpenedLedger {
  readonly db: DatabaseSync;
  /** One sentence for the user when the ledger had to be set aside and made anew, else null. */
  readonly notice: string | null;
}

/**
 * Opens the ledger for writing; makes its folder and tables where they are missing. A damaged ledger is set aside, a
 * new one made, and the calls that only it knew are carried over. Throws NewerLedgerError for a ledger of a later
 * version, and the system's error where the folder cannot be written.
 */
export function openLedger(path: string): OpenedLedger {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return { db: openSound(path), notice: null };
  } catch (error) {
    if (!isDamage(error)) throw error;
  }
  const aside = setAside(path, openSound);
  if (aside.damaged === null) return { db: aside.db, notice: null };
  const kept = salvage(aside.damaged, aside.db);
  const carried = kept === 0 ? '' : ` ${kept} calls whose records are gone were carried over.`;
  return {
    db: aside.db,
    notice: `The ledger was damaged and is being rebuilt from the agents' records.${carried} The damaged file was kept as ${aside.damaged}.`,
  };
}

/**
 * Opens a ledger that is there for writing, without looking it through for damage, for a process that must answer soon.
 * Gives way to other writers after `patience` ms. Throws as openLedger does, and where there is no ledger.
 */
export function openBriefly(path: string, patience: number): DatabaseSync {
  closeSync(openSync(path, 'r+'));
  const db = new DatabaseSync(path);
  try {
    db.exec(`PRAGMA busy_timeout = ${patience}; PRAGMA foreign_keys = ON; PRAGMA synchronous = NORMAL`);
    migrate(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A read-only connection of its own, so that a view's query never waits behind ingest. The ledger must exist. */
export function openReader(path: string): DatabaseSync {
  const db = new DatabaseSync(path, { readOnly: true });
  db.exec('PRAGMA busy_timeout = 5000');
  return db;
}

function openSound(path: string): DatabaseSync {
  // Made here when it is new, since SQLite would let everyone read it; the log beside it gets the same mode.
  closeSync(openSync(path, 'a', 0o600));
  const db = new DatabaseSync(path);
  try {
    // A pragma because Node 22.15 ignores the constructor's option.
    db.exec('PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON');
    chooseJournal(db, path);
    migrate(db);
    const verdict = db.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
    if (verdict !== 'ok') throw new DamagedLedgerError(String(verdict));
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function chooseJournal(db: DatabaseSync, path: string): void {
  if (!onNetwork(dirname(path))) {
    try {
      const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
      // Reading proves the shared memory works, which some mounts refuse only then.
      db.prepare('SELECT count(*) FROM sqlite_schema').get();
      // A checkpoint waits for the disk and holds up live records: rather a longer log (16 MB) than more of them.
      if (mode === 'wal') return db.exec('PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000');
    } catch (error) {
      if (isDamage(error)) throw error;
    }
  }
  db.exec('PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL');
}

// Linux file system types (statfs f_type) whose shared memory does not reach the other side: 9p, NFS, SMB, CIFS, FUSE.
const networkTypes = new Set([0x01021997, 0x6969, 0x517b, 0xff534d42, 0xfe534d42, 0x65735546]);

function onNetwork(folder: string): boolean {
  if (process.platform === 'win32') return folder.startsWith('\\\\');
  return process.platform === 'linux' && networkTypes.has(statfsSync(folder).type);
}

/** SQLite's own check found the ledger's pages inconsistent. */
class DamagedLedgerError extends Error {
  readonly errcode = 11;
}
