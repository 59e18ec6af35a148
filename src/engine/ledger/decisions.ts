import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { usd } from '../../core/format.ts';

const row = z.object({
  at: z.number(),
  agent: z.string(),
  session: z.string(),
  project: z.string().nullable(),
  kind: z.string(),
  rule: z.string(),
  action: z.enum(['ask', 'deny']),
  choice: z.enum(['send', 'dontSend', 'always', 'none']).nullable(),
  estimate: z.bigint().nullable(),
});

/** One rule that asked or refused, and what came of it. `send` and `always` are overrides. */
export interface Decision extends Omit<z.infer<typeof row>, 'estimate'> {
  /** USD list value of the task as it was estimated; null when it was not. */
  readonly estimate: number | null;
}

/** Keeps what was asked about, refused and chosen. Takes no text that a user wrote. */
export function createDecisions(db: DatabaseSync): (decisions: readonly Decision[]) => void {
  const add = db.prepare(`
    INSERT INTO decision (at, agent, session, project, kind, rule, action, choice, estimate)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`);
  return (decisions) => {
    for (const { at, agent, session, project, kind, rule, action, choice, estimate } of decisions) {
      const pico = estimate === null ? null : BigInt(Math.round(estimate * 1e12));
      add.run(Math.round(at), agent, session, project, kind, rule, action, choice, pico);
    }
  };
}

/** The latest decisions, newest first. */
export function readDecisions(db: DatabaseSync, limit: number): Decision[] {
  const latest = db.prepare('SELECT * FROM decision ORDER BY at DESC, id DESC LIMIT ?');
  latest.setReadBigInts(true);
  return latest.all(limit).map((found) => {
    const { estimate, ...rest } = row.parse({ ...found, at: Number(found['at']) });
    return { ...rest, estimate: estimate === null ? null : usd(estimate) };
  });
}

/** Whether the user chose "Always This Session" for an agent's session, in whichever window. */
export function isSessionAllowed(db: DatabaseSync, session: Pick<Decision, 'agent' | 'session'>): boolean {
  const found = db
    .prepare("SELECT 1 FROM decision WHERE session = ? AND agent = ? AND choice = 'always' LIMIT 1")
    .get(session.session, session.agent);
  return found !== undefined;
}
