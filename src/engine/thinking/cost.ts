import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { usd } from '../../core/format.ts';

const row = z.object({ cost: z.bigint().nullable() });

const told = 'h.thinking IS NOT NULL AND h.output > 0';

/**
 * What its thinking cost in [since, until), USD list value: thinking tokens at the output rate of their own call. Null when
 * its records never say how much of an answer was thinking.
 */
export function thinkingCost(db: DatabaseSync, agent: string, since: number, until: number): number | null {
  // A rate is a whole number of pico-dollars a token, so that the division is exact but for a part of a pico-dollar.
  const statement = db.prepare(
    `SELECT SUM(CASE WHEN ${told} THEN MIN(h.thinking, h.output) * (h.c_output / h.output) END) AS cost
     FROM charge h JOIN call c ON c.id = h.call WHERE c.agent = ? AND h.at >= ? AND h.at < ?`,
  );
  statement.setReadBigInts(true);
  const { cost } = row.parse(statement.get(agent, since, until));
  return cost === null ? null : usd(cost);
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
