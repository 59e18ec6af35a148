import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { sources } from '../../core/sources/index.ts';
import type { Observation } from '../../core/tokens/calibration.ts';
import type { TokenCount } from '../../core/tokens/count.ts';
import { tokenFamily } from '../../core/tokens/family.ts';
import { readSurroundings } from './surroundings.ts';

/** Calls looked at, newest first, and of those the most that one family learns from. */
const lookedAt = 4000;
const readAtMost = 160;

const row = z.object({
  agent: z.string(),
  path: z.string(),
  offset: z.int(),
  output: z.int(),
  thinking: z.int().nullable(),
});
type Call = z.infer<typeof row>;
const modelRow = z.object({ id: z.int(), name: z.string() });

// Longer answers than these are seldom, and slow to read; shorter ones are mostly format. The calls are walked by time,
// so that no more are looked at than are needed.
const select = `
  SELECT c.agent, f.path, c.offset, h.output, h.thinking
  FROM call c CROSS JOIN charge h ON h.call = c.id AND h.part = 0
  JOIN file f ON f.id = c.file
  WHERE c.at >= coalesce((SELECT at FROM call ORDER BY at DESC LIMIT 1 OFFSET ${lookedAt}), 0)
    AND h.model IN (SELECT value FROM json_each(?))
    AND c.quality = 'exact' AND c.searches = 0 AND f.gone = 0
    AND h.output - coalesce(h.thinking, 0) BETWEEN 20 AND 20000
    AND NOT EXISTS (SELECT 1 FROM charge more WHERE more.call = c.id AND more.part > 0)
  ORDER BY c.at DESC LIMIT ${readAtMost}`;

/**
 * What was billed for a family's newest answers, and what we count in them. Their texts are read from the agents' own
 * files, counted and forgotten; what cannot be exact is left out. Never rejects over a file.
 */
export async function readObservations(
  db: DatabaseSync,
  family: string,
  count: (text: string) => Promise<TokenCount>,
): Promise<readonly Observation[]> {
  const models = db
    .prepare('SELECT id, name FROM model')
    .all()
    .map((r) => modelRow.parse(r));
  const own = models.filter(({ name }) => tokenFamily(name).id === family).map(({ id }) => id);
  const found: Observation[] = [];
  for (const call of db.prepare(select).all(JSON.stringify(own))) {
    // One at a time: live calls are read in between.
    const observation = await observe(row.parse(call), count);
    if (observation !== null) found.push(observation);
  }
  return found;
}

async function observe(
  { agent, path, offset, output, thinking }: Call,
  count: (text: string) => Promise<TokenCount>,
): Promise<Observation | null> {
  const source = sources.find(({ id }) => id === agent);
  const around = source?.answer === undefined ? null : await readSurroundings(path, offset);
  const answer = around === null ? null : (source?.answer?.(around) ?? null);
  if (answer === null) return null;
  // Older clients do not say how much was thought; where nothing was, it is known all the same.
  if (thinking === null && answer.hasThinking) return null;
  const { raw, basis } = await count(answer.text);
  if (basis !== 'counted') return null;
  return { counted: raw, billed: output - (thinking ?? 0), toolCalls: answer.toolCalls };
}
