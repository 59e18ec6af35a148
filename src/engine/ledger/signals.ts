import type { DatabaseSync } from 'node:sqlite';
import type { Signal, UsageEvent } from '../../core/usage.ts';

type Claim = Extract<Signal, { kind: 'claim' }>;

/** What a session last did. `kind` as in the table. */
export interface Activity {
  readonly kind: 'request' | 'answer' | 'turnStart' | 'turnEnd';
  readonly at: number;
  readonly turn: string | null;
  readonly subagent: string | null;
  readonly model: string | null;
  readonly effort: string | null;
  readonly maxOutput: number | null;
}

export interface SignalRows {
  activity(session: number, activity: Activity): void;
  compacted(session: number, at: number): void;
  plan(session: number, plan: string): void;
  claim(session: number, claim: Claim): void;
}

export function createSignalRows(db: DatabaseSync): SignalRows {
  // An older record (a backfill, another engine's slower read) never overwrites a newer one.
  const activity = db.prepare(`
    INSERT INTO activity (session, kind, at, turn, subagent, model, effort, max_output) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session) DO UPDATE SET kind = excluded.kind, at = excluded.at, turn = coalesce(excluded.turn, turn),
      subagent = excluded.subagent,
      model = coalesce(excluded.model, model), effort = coalesce(excluded.effort, effort), max_output = excluded.max_output
    WHERE excluded.at >= activity.at`);
  // A plan says nothing of what the session does: instant 0 yields to any real activity.
  const plan = db.prepare(`
    INSERT INTO activity (session, kind, at, plan) VALUES (?, 'turnEnd', 0, ?)
    ON CONFLICT (session) DO UPDATE SET plan = excluded.plan`);
  const compacted = db.prepare(`
    INSERT INTO compaction (session, at) VALUES (?, ?)
    ON CONFLICT (session) DO UPDATE SET at = max(at, excluded.at)`);
  const claim = db.prepare(`
    INSERT INTO claim (session, model, at, input, cache_read, cache_write_5m, cache_write_1h, output, searches, cost)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (session, model) DO UPDATE SET at = excluded.at, input = excluded.input, cache_read = excluded.cache_read,
      cache_write_5m = excluded.cache_write_5m, cache_write_1h = excluded.cache_write_1h, output = excluded.output,
      searches = excluded.searches, cost = excluded.cost
    WHERE excluded.at >= claim.at`);
  return {
    activity: (session, a) =>
      void activity.run(session, a.kind, a.at, a.turn, a.subagent, a.model, a.effort, a.maxOutput),
    compacted: (session, at) => void compacted.run(session, at),
    plan: (session, name) => void plan.run(session, name),
    claim: (session, { model, at, tokens: t, webSearches, usd }) => {
      const counts = [t.input, t.cacheRead, t.cacheWrite5m, t.cacheWrite1h, t.output];
      claim.run(session, model, at, ...counts, webSearches, usd === null ? null : BigInt(Math.round(usd * 1e12)));
    },
  };
}

/** The activity that a signal tells of, null for one that tells none. */
export function activityOf(signal: Signal): Activity | null {
  const none = { turn: null, subagent: null, model: null, effort: null, maxOutput: null };
  switch (signal.kind) {
    case 'request': {
      const { kind, at, subagent, model, effort, maxOutput } = signal;
      return { kind, at, turn: null, subagent, model, effort, maxOutput };
    }
    case 'turnStart':
    case 'turnEnd':
      return { ...none, kind: signal.kind, at: signal.at, turn: signal.turn };
    case 'compacted':
    case 'plan':
    case 'claim':
      break;
  }
  return null;
}

export function answerOf(event: UsageEvent): Activity {
  const { at, turn, subagent, effort, parts } = event;
  return { kind: 'answer', at, turn, subagent, model: parts[0].model, effort, maxOutput: null };
}
