import type { DatabaseSync } from 'node:sqlite';
import type { AppliedRate } from '../../core/pricing/charge.ts';

export interface SessionFacts {
  readonly agent: string;
  readonly key: string;
  readonly parent: string | null;
  readonly project: number | null;
  /** Where its title may stand: not known from a subagent's file. */
  readonly file: number | null;
}

/** Row ids of what calls point at, made when new. */
export interface Dimensions {
  model(name: string): number;
  project(path: string): number;
  branch(name: string): number;
  session(facts: SessionFacts): number;
  rate(rate: AppliedRate): string;
  /** Call after the transaction: ids made in one that was rolled back do not exist. */
  settle(committed: boolean): void;
}

export function createDimensions(db: DatabaseSync): Dimensions {
  const known = new Map<string, number>();
  const fresh = new Map<string, number>();
  const names = (table: 'model' | 'project' | 'branch', column: 'name' | 'path') => {
    const find = db.prepare(`SELECT id FROM ${table} WHERE ${column} = ?`);
    const add = db.prepare(`INSERT INTO ${table} (${column}) VALUES (?)`);
    return (name: string) =>
      remember(`${table} ${name}`, () => Number(find.get(name)?.['id'] ?? add.run(name).lastInsertRowid));
  };
  const remember = (key: string, make: () => number) => {
    const id = known.get(key) ?? fresh.get(key) ?? make();
    if (!known.has(key)) fresh.set(key, id);
    return id;
  };
  const addRate = db.prepare('INSERT INTO rate (id, applied) VALUES (?, ?) ON CONFLICT DO NOTHING');
  const upsertSession = createSessions(db);
  return {
    model: names('model', 'name'),
    project: names('project', 'path'),
    branch: names('branch', 'name'),
    // What is known of a session is part of its cache key, so that a later record may fill in what earlier ones lacked.
    session: (s) =>
      remember(`session ${JSON.stringify([s.agent, s.key, s.parent, s.project !== null, s.file !== null])}`, () =>
        upsertSession(s),
      ),
    rate: (rate) => {
      remember(`rate ${rate.id}`, () => Number(addRate.run(rate.id, JSON.stringify(rate)).changes));
      return rate.id;
    },
    settle: (committed) => {
      if (committed) for (const [key, id] of fresh) known.set(key, id);
      fresh.clear();
    },
  };
}

function createSessions(db: DatabaseSync): (facts: SessionFacts) => number {
  const upsert = db.prepare(`
    INSERT INTO session (agent, key, parent, project, file) VALUES (?, ?, ?, ?, ?)
    ON CONFLICT (agent, key) DO UPDATE SET
      parent = coalesce(parent, excluded.parent),
      project = coalesce(project, excluded.project),
      file = CASE WHEN (SELECT gone FROM file WHERE id = session.file) = 0 THEN file ELSE coalesce(excluded.file, file) END
    RETURNING id`);
  return (s) => Number(upsert.get(s.agent, s.key, s.parent, s.project, s.file)?.['id']);
}
