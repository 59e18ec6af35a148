import { hostname } from 'node:os';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { parseJson } from '../../core/sources/json.ts';
import { hasEnded } from '../hasEnded.ts';

// Which of several engines reads the records. Only an optimisation: two that both think so do no harm (write.ts).

const leaseSchema = z.object({
  owner: z.string(),
  pid: z.number(),
  host: z.string(),
  at: z.number(),
  scan: z.unknown(),
});

/** A holder that cannot be asked for (a container, another machine) and is silent for so long is taken to be gone. */
export const silentMs = 30_000;
/** How often a holder with nothing to tell says that it is there: each time costs a write to disk. */
const beatMs = 10_000;

export interface Lease {
  /**
   * Takes or keeps the lease at an instant (ms since the epoch); `scan` is what other engines shall show; `force` takes it
   * from a living holder. False while another engine holds it. Call it every second or so.
   */
  hold(now: number, scan: unknown, force?: boolean): boolean;
  release(): void;
  /** What the holder last told of its scan. */
  scan(): unknown;
}

export function createLease(db: DatabaseSync, owner: string): Lease {
  const read = db.prepare("SELECT value FROM meta WHERE key = 'lease'");
  const write = db.prepare(`
    INSERT INTO meta (key, value) VALUES ('lease', ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value WHERE value = ?`);
  const remove = db.prepare("DELETE FROM meta WHERE key = 'lease' AND value = ?");
  const host = hostname();
  const current = () => {
    const text = read.get()?.['value'];
    if (typeof text !== 'string') return { text: '', lease: null };
    const parsed = leaseSchema.safeParse(parseJson(text));
    return { text, lease: parsed.success ? parsed.data : null };
  };
  return {
    hold: (now, scan, force = false) => {
      const { text, lease } = current();
      const ours = lease?.owner === owner;
      const age = lease === null ? 0 : Math.abs(now - lease.at);
      if (ours && age < beatMs && JSON.stringify(lease.scan) === JSON.stringify(scan)) return true;
      // A clock set back leaves a beat in the future: that holder is silent too.
      const alive = lease !== null && age < silentMs && !(lease.host === host && hasEnded(lease.pid));
      if (alive && !ours && !force) return false;
      return write.run(JSON.stringify({ owner, pid: process.pid, host, at: now, scan }), text).changes === 1;
    },
    release: () => {
      const { text, lease } = current();
      if (lease?.owner === owner) remove.run(text);
    },
    scan: () => current().lease?.scan,
  };
}
