import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue } from 'node:sqlite';
import { inTransaction } from './transaction.ts';

type Row = Record<string, SQLInputValue>;

/** Tables that calls point at, by their id column. */
const parents = { file: 'id', session: 'id', project: 'id', branch: 'id', model: 'id', rate: 'id' } as const;
type Parent = keyof typeof parents;

/**
 * Copies from a damaged ledger the calls that no record on disk can bring back. Rows on unreadable pages are passed
 * over. Returns how many calls were carried over. The new ledger must be empty.
 */
export function salvage(damaged: string, db: DatabaseSync): number {
  let old: DatabaseSync | null = null;
  try {
    old = new DatabaseSync(damaged, { readOnly: true });
    const from = old;
    return inTransaction(db, () => copyCalls(from, db));
  } catch {
    // Not even its schema can be read: what the agents still have is all there is.
    return 0;
  } finally {
    old?.close();
  }
}

function copyCalls(old: DatabaseSync, db: DatabaseSync): number {
  const parent = createParents(old, db);
  const charges = old.prepare('SELECT * FROM charge WHERE call = ?');
  charges.setReadBigInts(true);
  let copied = 0;
  for (const call of readableRows(old, 'call')) {
    const path = parent.read('file', call['file'])?.['path'];
    if (typeof path === 'string' && existsSync(path) && parent.read('file', call['file'])?.['gone'] === 0n) continue;
    const parts = tryRead(() => charges.all(call['id'] ?? null) as Row[]) ?? [];
    // A call without its charge would count as free.
    if (parts.length === 0) continue;
    try {
      db.exec('SAVEPOINT one');
      const links = { file: parent.copy('file', call['file']), session: parent.copy('session', call['session']) };
      const optional = {
        project: parent.copy('project', call['project']),
        branch: parent.copy('branch', call['branch']),
      };
      insert(db, 'call', { ...call, ...links, ...optional });
      for (const part of parts) {
        insert(db, 'charge', {
          ...part,
          model: parent.copy('model', part['model']),
          rate: parent.copy('rate', part['rate']),
        });
      }
      copied += 1;
    } catch {
      db.exec('ROLLBACK TO one');
    } finally {
      db.exec('RELEASE one');
    }
  }
  return copied;
}

/** Rows that calls point at, copied under their own ids when first needed. */
function createParents(old: DatabaseSync, db: DatabaseSync) {
  const read = (table: Parent, id: SQLInputValue | undefined): Row | undefined => {
    const find = old.prepare(`SELECT * FROM ${table} WHERE ${parents[table]} = ?`);
    find.setReadBigInts(true);
    return tryRead(() => find.get(id ?? null) as Row | undefined) ?? undefined;
  };
  const copy = (table: Parent, id: SQLInputValue | undefined): SQLInputValue => {
    if (id === null || id === undefined) return null;
    if (db.prepare(`SELECT 1 FROM ${table} WHERE ${parents[table]} = ?`).get(id) !== undefined) return id;
    const row = read(table, id);
    // Without its row a call still counts, under a name that says so; a price without its rate cannot be explained.
    const standIn = standIns(table, id);
    const own = row === undefined ? standIn : { ...row, ...links(table, row) };
    insert(db, table, own);
    return id;
  };
  const links = (table: Parent, row: Row): Row => {
    // A salvaged file is gone: its path is free for what stands there now.
    if (table === 'file') return { gone: 1 };
    if (table !== 'session') return {};
    return { project: copy('project', row['project']), file: copy('file', row['file']) };
  };
  return { read, copy };
}

function standIns(table: Parent, id: SQLInputValue): Row {
  const name = `unreadable ${typeof id === 'bigint' ? id : ''}`;
  switch (table) {
    case 'file':
      return { id, path: name, agent: '', identity: '', head: '', size: 0, mtime: 0, offset: 0, line: 0, gone: 1 };
    case 'session':
      return { id, agent: '', key: name };
    case 'project':
      return { id, path: name };
    case 'branch':
    case 'model':
      return { id, name };
    case 'rate':
      break;
  }
  throw new Error('The rate of a charge is unreadable');
}

function insert(db: DatabaseSync, table: string, row: Row): void {
  const columns = Object.keys(row);
  const places = columns.map(() => '?').join(', ');
  db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`).run(...Object.values(row));
}

const windowSize = 64;
/** Give up after so many windows in a row without a row: a damaged table cannot say where it ends. */
const emptyWindows = 4096;

function* readableRows(old: DatabaseSync, table: 'call'): Generator<Row> {
  const read = old.prepare(`SELECT * FROM ${table} WHERE id >= ? AND id < ?`);
  read.setReadBigInts(true);
  for (let from = 0, empty = 0; empty < emptyWindows; from += windowSize) {
    const rows = tryRead(() => read.all(from, from + windowSize) as Row[]);
    empty = rows === null || rows.length === 0 ? empty + 1 : 0;
    yield* rows ?? [];
  }
}

function tryRead<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}
