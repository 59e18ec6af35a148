import type { UsageEvent } from './usage.ts';

/** The part of an event that decides whether two records are one call. */
export type Identity = Pick<UsageEvent, 'id' | 'group' | 'replay' | 'rank' | 'at' | 'session'>;

export interface Decision {
  /** Whether the incoming record is to be kept. */
  readonly keep: boolean;
  /** Ids of recorded calls that the incoming record takes the place of. */
  readonly drop: readonly string[];
}

/**
 * Decides what becomes of a record when others of its group are already in the ledger, so that the outcome does not
 * depend on the order in which files are read: a replay yields to any other record of its group, of two records with
 * one id the more complete stays, and distinct originals of one group (a gateway that reuses message ids) all stay.
 */
export function reconcile(recorded: readonly Identity[], incoming: Identity): Decision {
  const rivals = recorded.filter((r) => r.id === incoming.id || r.replay || incoming.replay);
  const beaten = rivals.filter((r) => outranks(incoming, r));
  if (beaten.length < rivals.length) return { keep: false, drop: [] };
  return { keep: true, drop: beaten.map((r) => r.id) };
}

function outranks(a: Identity, b: Identity): boolean {
  if (a.replay !== b.replay) return b.replay;
  if (a.rank !== b.rank) return a.rank > b.rank;
  // Equal copies: a fork keeps its origin's timestamp, so the earlier record, then the lesser session, is the original.
  if (a.at !== b.at) return a.at < b.at;
  if (a.session !== b.session) return a.session < b.session;
  return a.id < b.id;
}
