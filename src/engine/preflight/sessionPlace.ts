import type { DatabaseSync } from 'node:sqlite';
import type { SessionName } from './caps.ts';

/** Absolute path of the root of a session's project; null when the ledger does not know it. */
export function createProjectOfSession(db: DatabaseSync): (session: SessionName) => string | null {
  const find = db.prepare(
    'SELECT p.path FROM session s JOIN project p ON p.id = s.project WHERE s.agent = ? AND s.key = ?',
  );
  return ({ agent, session }) => textOf(find.get(agent, session)?.['path']);
}

/** Files in which a session's newest calls stand, its subagents' too; absolute paths. */
export function filesOfSession(db: DatabaseSync, { agent, session }: SessionName): readonly string[] {
  const found = db
    .prepare(
      `WITH family AS (SELECT id, file FROM session WHERE agent = ? AND (key = ? OR parent = ?))
       SELECT path FROM file WHERE gone = 0 AND (id IN (SELECT file FROM family) OR id IN
         (SELECT file FROM call WHERE session IN (SELECT id FROM family) ORDER BY at DESC LIMIT 200))`,
    )
    .all(agent, session, session);
  return found.flatMap(({ path }) => textOf(path) ?? []);
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
