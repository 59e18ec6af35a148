import * as z from 'zod';
import type { Fact } from '../usage.ts';
import { counterShape, newCounter, vectorShape } from './codexCounter.ts';
import { lineageShape, noLineage } from './codexLineage.ts';
import { threadOfFile } from './codexPaths.ts';
import { baseName } from './paths.ts';
import type { FileFacts } from './source.ts';

/** What later lines need of earlier ones. */
export const codexState = z.object({
  lineage: lineageShape,
  counter: counterShape,
  /** The client writes `token_usage_record`, so its `token_count` repeats what is already known. */
  hasRecords: z.boolean(),
  /** What the turn's last call by `token_count` used: its record may come after it. */
  lastCounted: vectorShape.nullable().default(null),
  model: z.string().nullable(),
  effort: z.string().nullable(),
  tier: z.enum(['standard', 'flex', 'priority']),
  window: z.number().nullable(),
  turn: z.string().nullable(),
  cwd: z.string().nullable(),
  branch: z.string().nullable(),
  plan: z.string().nullable(),
  /** Web searches since the last call, by their items and by the events that tell of the same. */
  searches: z.number(),
  searchEvents: z.number().default(0),
});
export type CodexState = z.infer<typeof codexState>;

/** The state after a line, and what the line said. */
export type Step = readonly [CodexState, readonly Fact[]];

/** Reads one kind of line; `at` is the line's instant, null when it has none. */
export type Reader = (state: CodexState, payload: unknown, at: number | null, file: FileFacts) => Step;

export const initial: CodexState = {
  lineage: noLineage,
  counter: newCounter,
  hasRecords: false,
  lastCounted: null,
  model: null,
  effort: null,
  tier: 'standard',
  window: null,
  turn: null,
  cwd: null,
  branch: null,
  plan: null,
  searches: 0,
  searchEvents: 0,
};

/** The file's own thread, by its header or else by its name. */
export function sessionOf(state: CodexState, { path }: FileFacts): string {
  return state.lineage.thread ?? threadOfFile(path) ?? baseName(path);
}
