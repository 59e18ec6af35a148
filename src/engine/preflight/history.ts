import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { createMemory } from '../../core/forecast/memory.ts';
import type { Memory } from '../../core/forecast/memory.ts';
import type { PastCall } from '../../core/forecast/pastCall.ts';
import type { RateCard } from '../../core/pricing/rateCard.ts';
import { speedWord, tierWord } from '../ledger/words.ts';

/** Enough calls for some hundred tasks; reading them takes some 50 ms. */
const callsAtMost = 4000;
/** A new task changes quantiles of dozens a little: as long as this, in ms, the old ones do. */
const goodFor = 30_000;

const row = z.object({
  id: z.number(),
  at: z.number(),
  agent: z.string(),
  provider: z.string(),
  session: z.string(),
  parentSession: z.string().nullable(),
  subagent: z.string().nullable(),
  turn: z.string().nullable(),
  project: z.string().nullable(),
  effort: z.string().nullable(),
  speed: speedWord,
  tier: tierWord,
  region: z.string().nullable(),
  model: z.string(),
  input: z.number(),
  cacheRead: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
  output: z.number(),
  thinking: z.number().nullable(),
  cost: z.number().nullable(),
  thinkingCost: z.number().nullable(),
});

// Costs leave the database in dollars: they are only estimated from. Further parts of a call add to its cost alone.
const newest = `
  SELECT c.id, c.at, c.agent, c.provider, s.key AS session, s.parent AS parentSession, c.subagent, c.turn,
    p.path AS project, c.effort, c.speed, c.tier, c.region, m.name AS model, ch.input, ch.cache_read AS cacheRead,
    ch.cache_write_5m AS cacheWrite5m, ch.cache_write_1h AS cacheWrite1h, ch.output, ch.thinking,
    (SELECT CASE WHEN COUNT(*) = COUNT(part.cost) THEN TOTAL(part.cost) / 1e12 END
       FROM charge part WHERE part.call = c.id) AS cost,
    CASE WHEN ch.output = 0 THEN 0.0 ELSE 1.0 * ch.c_output * ch.thinking / ch.output / 1e12 END AS thinkingCost
  FROM call c JOIN charge ch ON ch.call = c.id AND ch.part = 0 JOIN model m ON m.id = ch.model
    JOIN session s ON s.id = c.session LEFT JOIN project p ON p.id = c.project
  ORDER BY c.at DESC, c.id DESC LIMIT ${callsAtMost}`;

/** The newest calls of the ledger in order of time. A row that cannot be read is left out. */
export function readPastCalls(db: DatabaseSync): PastCall[] {
  const rows = db.prepare(newest).all();
  return rows
    .flatMap((found) => row.safeParse(found).data ?? [])
    .map(pastCall)
    .toReversed();
}

/** What they tell, measured by `card`. */
export function readMemory(db: DatabaseSync, card: RateCard): Memory {
  const memory = createMemory(card);
  for (const call of readPastCalls(db)) memory.add(call);
  return memory;
}

function pastCall(found: z.infer<typeof row>): PastCall {
  const { input, cacheRead, cacheWrite5m, cacheWrite1h, output, thinking, thinkingCost, ...rest } = found;
  const tokens = { input, cacheRead, cacheWrite5m, cacheWrite1h, output, thinking };
  return { ...rest, tokens, thinking: thinking === null ? null : thinkingCost };
}

export interface HistoryOptions {
  /** A read-only connection. */
  readonly db: DatabaseSync;
  readonly card: () => RateCard;
  /** Milliseconds, only going forward. */
  readonly clock: () => number;
  /** Does work once nobody waits for an answer. */
  readonly later?: (work: () => void) => void;
}

/**
 * The user's history. It is read anew from time to time, after the answer that found it old, so that no prompt waits
 * for it; at once only the first time and when prices have changed.
 */
export function createHistory({ db, card, clock, later = soon }: HistoryOptions): () => Memory {
  let known: { readonly memory: Memory; readonly card: RateCard; readonly at: number } | null = null;
  let isDue = false;
  const read = (): Memory => {
    const prices = card();
    known = { memory: readMemory(db, prices), card: prices, at: clock() };
    return known.memory;
  };
  const refresh = (): void => {
    isDue = false;
    try {
      if (db.isOpen) read();
    } catch {
      // A ledger that is busy is read the next time.
    }
  };
  return () => {
    if (known === null || known.card !== card()) return read();
    if (!isDue && clock() - known.at >= goodFor) {
      isDue = true;
      later(refresh);
    }
    return known.memory;
  };
}

function soon(work: () => void): void {
  setTimeout(work, 500).unref();
}
