import type { DatabaseSync } from 'node:sqlite';
import { bigOf, textOf } from './columns.ts';

// Some spend never reaches an agent's call records (titles, compaction). Where the agent's own running total of a
// session and model holds more tokens than the calls recorded up to it, the difference is proven and has a price.
// Calls of subagents with a session of their own count with their parent; a fork's origin counts with the fork, because
// its records were copied and are in the ledger under the origin. Both can only make the proven amount smaller.
// Claude marks a long-context model as `[1m]` in its totals and not in its calls.
const query = `
  WITH mine AS (
    SELECT cl.session AS claimant, cl.session AS session, 0 AS subagents FROM claim cl
    UNION SELECT cl.session, child.id, 1 FROM claim cl JOIN session s ON s.id = cl.session
      JOIN session child ON child.agent = s.agent AND child.parent = s.key
    UNION SELECT cl.session, origin.id, 0 FROM claim cl JOIN session s ON s.id = cl.session
      JOIN session origin ON origin.agent = s.agent AND origin.key = s.parent
  ),
  recorded AS (
    SELECT mine.claimant, m.name AS model,
      SUM(ch.input + ch.cache_read + ch.cache_write_5m + ch.cache_write_1h + ch.output) AS tokens,
      SUM(ch.cost) AS cost, SUM(ch.cost IS NULL) AS unpriced
    FROM mine
    JOIN call c ON c.session = mine.session AND (NOT mine.subagents OR c.subagent IS NOT NULL)
    JOIN charge ch ON ch.call = c.id
    JOIN model m ON m.id = ch.model
    GROUP BY 1, 2
  )
  SELECT s.agent, cl.cost - COALESCE(r.cost, 0) AS surplus
  FROM claim cl
  JOIN session s ON s.id = cl.session
  LEFT JOIN recorded r ON r.claimant = cl.session AND r.model = REPLACE(cl.model, '[1m]', '')
  WHERE cl.cost IS NOT NULL AND COALESCE(r.unpriced, 0) = 0
    AND cl.input + cl.cache_read + cl.cache_write_5m + cl.cache_write_1h + cl.output > COALESCE(r.tokens, 0)
    AND cl.cost > COALESCE(r.cost, 0)`;

/** Pico-dollars of spend by agent that the agent's own totals prove and its call records lack. */
export function readNotRecorded(db: DatabaseSync): ReadonlyMap<string, bigint> {
  const statement = db.prepare(query);
  statement.setReadBigInts(true);
  const byAgent = new Map<string, bigint>();
  for (const row of statement.iterate()) {
    const agent = textOf(row, 'agent');
    byAgent.set(agent, (byAgent.get(agent) ?? 0n) + (bigOf(row, 'surplus') ?? 0n));
  }
  return byAgent;
}
