import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { readAgentFile, replaceFile } from '../agentFiles/safeWrite.ts';

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
const patience = 5;

/** The agent's record; null when there is none that this version can read. Rejects when the file cannot be read. */
export async function readRecord(file: string, agent: string): Promise<ThinkingRecord | null> {
  const parsed = entry.safeParse(recordsIn((await readAgentFile(file)).bytes)[agent]);
  return parsed.success ? parsed.data : null;
}

/** Remembers the agent's change, null forgets it. Rejects when it cannot be written. */
export async function writeRecord(file: string, agent: string, record: ThinkingRecord | null): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  // Another window may write its own agent's at the same moment.
  for (let tries = 0; tries < patience; tries++) {
    const was = await readAgentFile(file);
    const others = Object.entries(recordsIn(was.bytes)).filter(([id]) => id !== agent);
    const all = Object.fromEntries(record === null ? others : [...others, [agent, record]]);
    if (await replaceFile(was, Buffer.from(`${JSON.stringify(all, null, 2)}\n`))) return;
  }
  throw new Error(`${file} is being written by another window`);
}

function recordsIn(bytes: Buffer | null): Readonly<Record<string, unknown>> {
  try {
    const parsed = schema.safeParse(JSON.parse(bytes?.toString('utf8') ?? '{}'));
    return parsed.success ? parsed.data : {};
  } catch {
    return {};
  }
}
