import * as z from 'zod';
import { parseJson } from '../../core/sources/json.ts';
import { readAgentFile, updateFile } from '../agentFiles/safeWrite.ts';

// What we have changed in agents' settings, so that it can be put back by any window, at any time.

const change = z.object({
  at: z.array(z.string()).readonly(),
  value: z.unknown().optional(),
  before: z.unknown().optional(),
  depth: z.int().nonnegative(),
});
const patch = z.object({
  was: z.string(),
  now: z.string(),
  prefix: z.int().nonnegative(),
  inserted: z.int().nonnegative(),
  removed: z.string(),
});
const entry = z.object({
  path: z.string(),
  format: z.enum(['json', 'toml']),
  changes: z.array(change).readonly(),
  patches: z.array(patch).readonly(),
});
/** One agent's change that stands. */
export type ThinkingRecord = z.infer<typeof entry>;

const schema = z.record(z.string(), z.unknown());

/** The agent's record; null when there is none that this version can read. Rejects when the file cannot be read. */
export async function readRecord(file: string, agent: string): Promise<ThinkingRecord | null> {
  const parsed = entry.safeParse(recordsIn((await readAgentFile(file)).bytes)[agent]);
  return parsed.success ? parsed.data : null;
}

/** Remembers the agent's change, null forgets it. Rejects when it cannot be written. */
export async function writeRecord(file: string, agent: string, record: ThinkingRecord | null): Promise<void> {
  await updateFile(file, (bytes) => {
    const others = Object.entries(recordsIn(bytes)).filter(([id]) => id !== agent);
    const all = Object.fromEntries(record === null ? others : [...others, [agent, record]]);
    return `${JSON.stringify(all, null, 2)}\n`;
  });
}

function recordsIn(bytes: Buffer | null): Readonly<Record<string, unknown>> {
  return schema.safeParse(parseJson(bytes?.toString('utf8') ?? '')).data ?? {};
}
