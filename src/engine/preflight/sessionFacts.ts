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

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
