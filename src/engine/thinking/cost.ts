import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { usd } from '../../core/format.ts';

const row = z.object({
  model: z.string(),
  effort: z.string().nullable(),
  calls: z.bigint(),
  cost: z.bigint().nullable(),
});

/** What thinking cost with one model and effort. */
export interface ThinkingCost {
  readonly model: string;
  readonly effort: string | null;
  readonly calls: number;
  /** USD list value; null when no call had both a price and its thinking told. */
  readonly cost: number | null;
}

const told = 'h.thinking IS NOT NULL AND h.output > 0';

/**
 * What thinking cost in [since, until) by model and effort, dearest first: thinking tokens at the output rate of their
 * own call. Calls whose records do not say how much was thinking count in `calls` alone.
 */
export function thinkingCosts(db: DatabaseSync, agent: string, since: number, until: number): readonly ThinkingCost[] {
  return readRows(db, agent, since, until)
    .map(({ model, effort, calls, cost }) => ({
      model,
      effort,
      calls: Number(calls),
      cost: cost === null ? null : usd(cost),
    }))
    .toSorted((a, b) => (b.cost ?? -1) - (a.cost ?? -1));
}

/** What all its thinking cost in [since, until), USD list value; null when its records never say. */
export function thinkingCost(db: DatabaseSync, agent: string, since: number, until: number): number | null {
  const costs = readRows(db, agent, since, until).flatMap(({ cost }) => cost ?? []);
  return costs.length === 0 ? null : usd(costs.reduce((sum, cost) => sum + cost, 0n));
}

/** Models that the agent called in [since, until), the one used last first. */
export function modelsOf(db: DatabaseSync, agent: string, since: number, until: number): readonly string[] {
  return db
    .prepare(
      `SELECT m.name AS name FROM charge h JOIN call c ON c.id = h.call JOIN model m ON m.id = h.model
       WHERE c.agent = ? AND h.at >= ? AND h.at < ? AND c.subagent IS NULL GROUP BY m.id ORDER BY MAX(h.at) DESC`,
    )
    .all(agent, since, until)
    .map((found) => z.object({ name: z.string() }).parse(found).name);
}

// A rate is a whole number of pico-dollars a token, so that the division is exact but for a part of a pico-dollar.
function readRows(db: DatabaseSync, agent: string, since: number, until: number): readonly z.infer<typeof row>[] {
  const statement = db.prepare(
    `SELECT m.name AS model, c.effort AS effort, COUNT(DISTINCT c.id) AS calls,
       SUM(CASE WHEN ${told} THEN MIN(h.thinking, h.output) * (h.c_output / h.output) END) AS cost
     FROM charge h JOIN call c ON c.id = h.call JOIN model m ON m.id = h.model
     WHERE c.agent = ? AND h.at >= ? AND h.at < ? GROUP BY m.id, c.effort`,
  );
  statement.setReadBigInts(true);
  return statement.all(agent, since, until).map((found) => row.parse(found));
}
