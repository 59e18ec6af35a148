import type { DatabaseSync } from 'node:sqlite';

/** How far a file has been read. */
export interface Position {
  readonly offset: number;
  readonly line: number;
  readonly head: string;
}

/** A row of `file`. */
export interface FileRow extends Position {
  readonly id: number;
  readonly path: string;
  readonly identity: string;
  readonly size: number;
  readonly mtime: number;
  readonly state: string | null;
  readonly gone: boolean;
}

/** What the file system says of a file. */
export interface FileStamp {
  /** Device and inode. */
  readonly identity: string;
  readonly size: number;
  /** Whole ms since the epoch. */
  readonly mtime: number;
}

export interface NewPosition extends Position, FileStamp {
  readonly state: string | null;
}

export interface FileRows {
  /** The living row of a path, else its latest gone one. */
  byPath(path: string): FileRow | null;
  /** Rows of this agent that were last seen under this identity. */
  byIdentity(agent: string, identity: string): readonly FileRow[];
  living(agent: string): readonly FileRow[];
  /** A living row for the path, at its start. Another engine may have made it first. */
  create(path: string, agent: string, stamp: FileStamp): FileRow;
  /** Moves the read position if it still is where the reader found it; false when another writer was faster. */
  advance(row: Pick<FileRow, 'id'> & Position, to: NewPosition, calls: number): boolean;
  setGone(id: number, gone: boolean): void;
  rename(id: number, path: string): void;
  /** Forgets what was read from a file, so that it is read again from its start. Returns its earliest call's instant. */
  forget(id: number): number | null;
  problem(file: number, offset: number, line: number, reason: string): void;
  /** A problem of the file or folder as a whole (offset and line -1), until it can be read again. */
  setUnreadable(path: string, agent: string, reason: string): void;
  setReadable(path: string): void;
}

export function createFileRows(db: DatabaseSync): FileRows {
  const sql = prepareStatements(db);
  const byPath = (path: string) => {
    const row = sql.byPath.get(path);
    return row === undefined ? null : toRow(row);
  };
  const create = (path: string, agent: string, stamp: FileStamp) => {
    sql.create.run(path, agent, stamp.identity, stamp.size);
    const row = byPath(path);
    if (row === null) throw new Error('A file row just made is not there');
    return row;
  };
  return {
    byPath,
    byIdentity: (agent, identity) => sql.byIdentity.all(identity, agent).map(toRow),
    living: (agent) => sql.living.all(agent).map(toRow),
    create,
    advance: (from, to, calls) => {
      const position = [to.offset, to.line, to.head, to.identity, to.size, to.mtime, to.state];
      return sql.advance.run(...position, calls, from.id, from.offset, from.head).changes === 1;
    },
    setGone: (id, gone) => {
      sql.setGone.run(Number(gone), id);
      sql.dropUnreadable.run(id);
    },
    rename: (id, path) => void sql.rename.run(path, id),
    forget: (id) => {
      const at = sql.earliest.get(id)?.['at'];
      for (const statement of [sql.dropCalls, sql.dropProblems, sql.restart]) statement.run(id);
      return typeof at === 'number' ? at : null;
    },
    problem: (file, offset, line, reason) => void sql.problem.run(file, offset, line, reason),
    setUnreadable: (path, agent, reason) => {
      const row = byPath(path) ?? create(path, agent, { identity: '', size: 0, mtime: 0 });
      sql.problem.run(row.id, -1, -1, reason);
      sql.setUnreadable.run(row.id);
    },
    setReadable: (path) => {
      const row = byPath(path);
      if (row?.mtime !== -1) return;
      sql.dropUnreadable.run(row.id);
      sql.dropUnopened.run(row.id);
    },
  };
}

function prepareStatements(db: DatabaseSync) {
  return {
    byPath: db.prepare('SELECT * FROM file WHERE path = ? ORDER BY gone, id DESC LIMIT 1'),
    byIdentity: db.prepare('SELECT * FROM file WHERE identity = ? AND agent = ? ORDER BY gone, id DESC'),
    living: db.prepare('SELECT * FROM file WHERE agent = ? AND gone = 0'),
    create: db.prepare(`
      INSERT INTO file (path, agent, identity, head, size, mtime, offset, line) VALUES (?, ?, ?, '', ?, 0, 0, 0)
      ON CONFLICT DO NOTHING`),
    advance: db.prepare(`
      UPDATE file SET offset = ?, line = ?, head = ?, identity = ?, size = ?, mtime = ?, state = ?, calls = calls + ?
      WHERE id = ? AND offset = ? AND head = ? AND gone = 0`),
    setGone: db.prepare('UPDATE file SET gone = ? WHERE id = ?'),
    rename: db.prepare('UPDATE file SET path = ?, gone = 0 WHERE id = ?'),
    earliest: db.prepare('SELECT min(at) AS at FROM call WHERE file = ?'),
    dropCalls: db.prepare('DELETE FROM call WHERE file = ?'),
    dropProblems: db.prepare('DELETE FROM problem WHERE file = ?'),
    restart: db.prepare(`
      UPDATE file SET offset = 0, line = 0, head = '', mtime = 0, state = NULL, calls = 0 WHERE id = ?`),
    problem: db.prepare(`
      INSERT INTO problem (file, offset, line, reason) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING`),
    setUnreadable: db.prepare('UPDATE file SET mtime = -1 WHERE id = ?'),
    dropUnreadable: db.prepare('DELETE FROM problem WHERE file = ? AND offset = -1'),
    // A row without identity was never opened: nothing points at it.
    dropUnopened: db.prepare("DELETE FROM file WHERE id = ? AND identity = ''"),
  };
}

function toRow(row: Record<string, unknown>): FileRow {
  return {
    id: Number(row['id']),
    path: String(row['path']),
    identity: String(row['identity']),
    head: String(row['head']),
    size: Number(row['size']),
    mtime: Number(row['mtime']),
    offset: Number(row['offset']),
    line: Number(row['line']),
    state: typeof row['state'] === 'string' ? row['state'] : null,
    gone: row['gone'] === 1,
  };
}
