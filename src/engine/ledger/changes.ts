import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { parseJson } from '../../core/sources/json.ts';

/** What commits did to the ledger. */
export interface Change {
  /** Instant of the earliest call added, replaced or removed; null when no call was touched (only activity was). */
  readonly earliest: number | null;
  /** Calls added or replaced. */
  readonly calls: number;
  /** Anything may have changed: a rebuild, or more happened in other processes than is told. */
  readonly rebuilt: boolean;
}

// Other engines learn from this ring in `meta` what a commit touched; a row id cannot say it, as calls are also replaced.
const ringSize = 64;
const ringSchema = z.object({
  seq: z.number(),
  recent: z.array(z.object({ earliest: z.number().nullable(), calls: z.number(), rebuilt: z.boolean() })),
});
type Ring = z.infer<typeof ringSchema>;

export interface ChangeLog {
  /** Tells other engines of a change; call inside its transaction. */
  record(change: Change): void;
  /** Changes committed by others since the last call, joined; null when there are none. */
  foreign(): Change | null;
}

export function createChangeLog(db: DatabaseSync): ChangeLog {
  const read = db.prepare("SELECT value FROM meta WHERE key = 'changes'");
  const write = db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('changes', ?)");
  const ring = (): Ring => parseRing(read.get()?.['value']);
  const version = (): unknown => db.prepare('PRAGMA data_version').get()?.['data_version'];
  let seenVersion = version();
  let seen = ring().seq;
  let own = 0;
  return {
    record: (change) => {
      const { seq, recent } = ring();
      write.run(JSON.stringify({ seq: seq + 1, recent: [...recent, change].slice(-ringSize) }));
      own += 1;
    },
    foreign: () => {
      // data_version moves only when another connection commits: the cheapest question there is.
      if (version() === seenVersion) return null;
      seenVersion = version();
      const { seq, recent } = ring();
      const missed = seq - seen;
      const ours = own;
      seen = seq;
      own = 0;
      if (missed >= 0 && missed <= ours) return null;
      // Fewer than before: the ring was begun anew.
      return missed < 0 || missed > recent.length
        ? { earliest: null, calls: 0, rebuilt: true }
        : join(recent.slice(-missed));
    },
  };
}

function parseRing(text: unknown): Ring {
  if (typeof text !== 'string') return { seq: 0, recent: [] };
  const parsed = ringSchema.safeParse(parseJson(text));
  return parsed.success ? parsed.data : { seq: 0, recent: [] };
}

/** One change that says what all of `changes` did. */
export function join(changes: readonly Change[]): Change {
  const instants = changes.flatMap((c) => c.earliest ?? []);
  return {
    earliest: instants.length === 0 ? null : Math.min(...instants),
    calls: changes.reduce((sum, c) => sum + c.calls, 0),
    rebuilt: changes.some((c) => c.rebuilt),
  };
}
