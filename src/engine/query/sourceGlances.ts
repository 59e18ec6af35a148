import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { usd } from '../../core/format.ts';
import type { SourceGlance } from '../../core/snapshot.ts';
import type { Source } from '../../core/sources/source.ts';
import { readNotRecorded } from './notRecorded.ts';

const row = z.object({ agent: z.string(), n: z.number(), bytes: z.number().nullish(), lastAt: z.number().nullish() });

/** What each agent's records amount to; an agent without records is left out. */
export function readSourceGlances(db: DatabaseSync, sources: readonly Source[]): SourceGlance[] {
  const rows = (sql: string): ReadonlyMap<string, z.infer<typeof row>> =>
    new Map(
      db
        .prepare(sql)
        .all()
        .map((r) => row.parse(r))
        .map((r) => [r.agent, r]),
    );
  const files = rows('SELECT agent, COUNT(*) AS n, SUM(size) AS bytes FROM file WHERE gone = 0 GROUP BY agent');
  const calls = rows('SELECT agent, COUNT(*) AS n, MAX(at) AS lastAt FROM call GROUP BY agent');
  const problems = rows('SELECT f.agent, COUNT(*) AS n FROM problem p JOIN file f ON f.id = p.file GROUP BY f.agent');
  const notRecorded = readNotRecorded(db);
  return [...new Set([...files.keys(), ...calls.keys()])].toSorted().map((agent) => ({
    agent,
    label: agentLabel(sources, agent),
    files: files.get(agent)?.n ?? 0,
    bytes: files.get(agent)?.bytes ?? 0,
    calls: calls.get(agent)?.n ?? 0,
    problems: problems.get(agent)?.n ?? 0,
    lastAt: calls.get(agent)?.lastAt ?? null,
    notRecordedUsd: usd(notRecorded.get(agent) ?? 0n),
  }));
}

/** An agent's name for people; its id when this version does not know it. */
export function agentLabel(sources: readonly Source[], agent: string): string {
  return sources.find((s) => s.id === agent)?.label ?? agent;
}
