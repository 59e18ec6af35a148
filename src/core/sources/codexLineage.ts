import * as z from 'zod';
import type { Meta } from './codexRecords.ts';
import { instant } from './json.ts';

/**
 * Where a rollout comes from, and whether what is being read is its own. A fork and some subagents' rollouts begin with
 * a copy of the parent's lines, with old or with rewritten times; the first `session_meta` is the file's own, later ones
 * are its ancestors'.
 */
export const lineageShape = z.object({
  /** The file's own thread; null until its `session_meta`. */
  thread: z.string().nullable(),
  /** When the thread was created, ms. */
  createdAt: z.number().nullable(),
  parent: z.string().nullable(),
  /** The farthest ancestor known: what is shared by every copy of one event. */
  root: z.string().nullable(),
  isSubagent: z.boolean(),
  /** The number of the first line that is not copied, where the header says it. */
  ownFrom: z.number().nullable(),
  /** Whether the turn being read is the file's own. Once one is, all after it are. */
  turn: z.enum(['own', 'copied', 'unknown']),
});
export type Lineage = z.infer<typeof lineageShape>;

export const noLineage: Lineage = {
  thread: null,
  createdAt: null,
  parent: null,
  root: null,
  isSubagent: false,
  ownFrom: null,
  turn: 'unknown',
};

/** Takes in a `session_meta`; `at` is its line's instant. */
export function withMeta(lineage: Lineage, meta: Meta, at: number | null): Lineage {
  const id = meta.id ?? meta.session_id;
  const source = meta.source?.subagent;
  const spawner = typeof source === 'object' ? (source.thread_spawn?.parent_thread_id ?? null) : null;
  const parent = meta.forked_from_id ?? meta.parent_thread_id ?? spawner;
  if (lineage.thread === null) {
    const createdAt = earliest(instant(meta.timestamp), at) ?? uuidTime(id);
    const ownFrom = meta.subagent_history_start_ordinal ?? null;
    const turn = meta.history_base ? 'own' : ownFrom === null ? 'unknown' : 'copied';
    const isSubagent = source !== undefined;
    return { thread: id, createdAt, parent, root: parent ?? id, isSubagent, ownFrom, turn };
  }
  if (id === null || id === lineage.thread || lineage.turn === 'own') return lineage;
  return { ...lineage, parent: lineage.parent ?? id, root: parent ?? id };
}

/** Takes in a line's number. */
export function withOrdinal(lineage: Lineage, ordinal: number | null): Lineage {
  if (lineage.ownFrom === null || ordinal === null || lineage.turn === 'own') return lineage;
  return ordinal < lineage.ownFrom ? lineage : { ...lineage, turn: 'own' };
}

/** Takes in a turn's id and, where the line has it, its start in Unix seconds. */
export function withTurn(lineage: Lineage, id: string | null, startedAt: number | null): Lineage {
  if (lineage.parent === null || lineage.turn === 'own' || lineage.ownFrom !== null) return lineage;
  const turnTime = uuidTime(id);
  const threadTime = uuidTime(lineage.thread) ?? lineage.createdAt;
  if (threadTime === null) return { ...lineage, turn: 'unknown' };
  if (turnTime !== null) return { ...lineage, turn: turnTime < threadTime ? 'copied' : 'own' };
  if (startedAt === null) return { ...lineage, turn: 'unknown' };
  // Whole seconds: a turn begun in the thread's own second may be either's.
  const second = Math.floor(threadTime / 1000);
  return { ...lineage, turn: startedAt < second ? 'copied' : startedAt > second ? 'own' : 'unknown' };
}

/**
 * A parent handed over: from here on a subagent works for itself. Within a copied turn it may be an ancestor's own
 * start that was copied too.
 */
export function withTrigger(lineage: Lineage, at: number): Lineage {
  if (lineage.ownFrom !== null || isBefore(lineage, at)) return lineage;
  return { ...lineage, turn: lineage.turn === 'copied' ? 'unknown' : 'own' };
}

/** Whose a line of instant `at` is: `unknown` may be a copy with a rewritten time. */
export function ownerOf(lineage: Lineage, at: number): Lineage['turn'] {
  // An old client's resume may copy lines and say nothing of whom; a clock that was set back is off by less.
  if (lineage.parent === null) return isBefore(lineage, at + 60_000) ? 'copied' : 'own';
  return isBefore(lineage, at) ? 'copied' : lineage.turn;
}

function isBefore({ turn, createdAt }: Lineage, at: number): boolean {
  return turn !== 'own' && createdAt !== null && at < createdAt;
}

/** The header's own time and its line's; a header in local time would else make its file's calls look copied. */
function earliest(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}

/** Milliseconds since the epoch in a version 7 UUID, null for other ids. */
function uuidTime(id: string | null): number | null {
  const found = /^([0-9a-f]{8})-([0-9a-f]{4})-7[0-9a-f]{3}-/i.exec(id ?? '');
  return found ? Number.parseInt(`${found[1]}${found[2]}`, 16) : null;
}
