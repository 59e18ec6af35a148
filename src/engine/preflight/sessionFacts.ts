import type { DatabaseSync } from 'node:sqlite';
import type { SessionName } from './caps.ts';

/** What the ledger knows of a session; null where it does not. */
export interface SessionFacts {
  readonly model: string | null;
  /** Absolute path of the project's root. */
  readonly project: string | null;
}

export function createSessionFacts(db: DatabaseSync): (session: SessionName) => SessionFacts {
  const find = db.prepare(`
    SELECT a.model, p.path FROM session s LEFT JOIN activity a ON a.session = s.id LEFT JOIN project p ON p.id = s.project
    WHERE s.agent = ? AND s.key = ?`);
  return ({ agent, session }) => {
    const found = find.get(agent, session);
    return { model: textOf(found?.['model']), project: textOf(found?.['path']) };
  };
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
