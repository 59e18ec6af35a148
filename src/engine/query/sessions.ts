import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { LastCall } from '../../core/forecast/cacheState.ts';
import { compacted } from '../../core/forecast/compacted.ts';
import type { SessionGlance } from '../../core/snapshot.ts';
import { speedWord, tierWord } from '../ledger/words.ts';
import { always } from './scope.ts';
import type { Scope } from './scope.ts';

const row = z.object({
  id: z.number(),
  agent: z.string(),
  session: z.string(),
  project: z.string().nullable(),
  kind: z.string(),
  at: z.number(),
  turn: z.string().nullable(),
  subagent: z.string().nullable(),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  maxOutput: z.number().nullable(),
});
/** What a session last did, with the ledger's row id. */
export type LiveSession = z.infer<typeof row>;

const select = `
  SELECT s.id, s.agent, s.key AS session, p.path AS project, a.kind, a.at, a.turn, a.subagent, a.model, a.effort,
    a.max_output AS maxOutput
  FROM activity a JOIN session s ON s.id = a.session LEFT JOIN project p ON p.id = s.project`;

/** Sessions with any activity in (since, until], the newest first. Instant 0 stands for none. */
export function readLiveSessions(db: DatabaseSync, since: number, until: number, limit: number): LiveSession[] {
  return db
    .prepare(`${select} WHERE a.at > ? AND a.at <= ? ORDER BY a.at DESC, s.id DESC LIMIT ?`)
    .all(Math.max(since, 0), until, limit)
    .map((r) => row.parse(r));
}

/** The session whose turn ended last, null when none has. */
export function readLastTurnEnd(db: DatabaseSync, until: number): LiveSession | null {
  const found = db
    .prepare(
      `${select} WHERE a.kind = 'turnEnd' AND a.turn IS NOT NULL AND a.at > 0 AND a.at <= ? ORDER BY a.at DESC LIMIT 1`,
    )
    .get(until);
  return found ? row.parse(found) : null;
}

/** What an agent's records last were (agent-logs §0.5), for a session that has not gone quiet. */
export function stateOf(kind: string): SessionGlance['state'] {
  if (kind === 'turnEnd') return 'waiting for you';
  return kind === 'answer' ? 'tool or approval' : 'waiting for model';
}

const lastCallRow = z.object({
  at: z.number(),
  provider: z.string(),
  speed: speedWord,
  tier: tierWord,
  region: z.string().nullable(),
  window: z.number().nullable(),
  branch: z.string().nullable(),
  effort: z.string().nullable(),
  model: z.string(),
  input: z.number(),
  cacheRead: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
  output: z.number(),
  thinking: z.number().nullable(),
  compactedAt: z.number().nullable(),
});

/** The newest call of a session's thread: what its next request carries on from, a summary of it since it was compacted. */
export interface ThreadEnd {
  readonly call: LastCall;
  readonly window: number | null;
  readonly branch: string | null;
  readonly effort: string | null;
}

/** `subagent` is null for the main thread; null when the thread has no call yet. */
export function readThreadEnd(
  db: DatabaseSync,
  session: number,
  subagent: string | null,
  until: number,
): ThreadEnd | null {
  const found = db
    .prepare(
      `SELECT c.at, c.provider, c.speed, c.tier, c.region, c.window, c.effort, cp.at AS compactedAt, b.name AS branch,
         m.name AS model,
         ch.input, ch.cache_read AS cacheRead, ch.cache_write_5m AS cacheWrite5m, ch.cache_write_1h AS cacheWrite1h, ch.output,
         ch.thinking
       FROM call c JOIN charge ch ON ch.call = c.id AND ch.part = 0 JOIN model m ON m.id = ch.model
       LEFT JOIN branch b ON b.id = c.branch
       LEFT JOIN compaction cp ON cp.session = c.session AND c.subagent IS NULL AND cp.at >= c.at
       WHERE c.session = ? AND c.subagent IS ? AND c.at <= ? ORDER BY c.at DESC, c.id DESC LIMIT 1`,
    )
    .get(session, subagent, until);
  if (!found) return null;
  const { window, branch, effort, compactedAt, at, provider, region, model, speed, tier, ...tokens } =
    lastCallRow.parse(found);
  const call = { at, provider, region, model, speed, tier, tokens };
  return { call: compactedAt === null ? call : compacted(call), window, branch, effort };
}

/** All calls of one session. */
export function sessionScope(session: number): Scope {
  return { period: always, where: ' AND c.session = ?', values: [session], model: null };
}

/** Calls of a turn, with those that its subagents made in sessions of their own until it ended. */
export function turnScope(db: DatabaseSync, turn: LiveSession): Scope {
  const start = db.prepare('SELECT MIN(at) AS at FROM call WHERE session = ? AND turn = ?').get(turn.id, turn.turn)?.[
    'at'
  ];
  return {
    period: always,
    where: ` AND ((c.session = ? AND c.turn = ?) OR (c.subagent IS NOT NULL AND c.at >= ? AND c.at <= ? AND c.session IN
      (SELECT id FROM session WHERE agent = ? AND parent = ?)))`,
    values: [turn.id, turn.turn, typeof start === 'number' ? start : turn.at, turn.at, turn.agent, turn.session],
    model: null,
  };
}

/** Whether the newest session of an agent that made calls ran on a plan. */
export function readOnPlan(db: DatabaseSync, agent: string, until: number): boolean {
  const found = db
    .prepare(
      `SELECT a.plan FROM activity a JOIN session s ON s.id = a.session
       WHERE s.agent = ? AND a.at <= ? AND EXISTS (SELECT 1 FROM call WHERE session = s.id)
       ORDER BY a.at DESC LIMIT 1`,
    )
    .get(agent, until);
  return typeof found?.['plan'] === 'string';
}
