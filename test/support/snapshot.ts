import type { SessionGlance, Snapshot, SourceGlance } from '../../src/core/snapshot.ts';
import type { Totals } from '../../src/core/totals.ts';

/** A Saturday, 10:42 UTC. */
export const snapshotAt = Date.UTC(2026, 10, 21, 10, 42);

export const noTotals: Totals = {
  calls: 0,
  tokens: { input: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0, output: 0, thinking: 0 },
  listCost: 0,
  outOfPocket: null,
  webSearches: 0,
  unpriced: { calls: 0, tokens: 0, models: [] },
};

export function totalsOf(calls: number, listCost: number, more: Partial<Totals> = {}): Totals {
  return { ...noTotals, calls, listCost, ...more };
}

export function sessionOf(more: Partial<SessionGlance> = {}): SessionGlance {
  return {
    agent: 'claude',
    agentLabel: 'Claude Code',
    session: 's1',
    project: '/home/dev/shop',
    branch: 'main',
    model: 'claude-opus-5-5',
    effort: null,
    contextTokens: 148_000,
    contextWindow: 1_000_000,
    state: 'waiting for model',
    lastAt: snapshotAt - 60_000,
    totals: totalsOf(31, 1.1),
    cache: null,
    inFlight: null,
    ...more,
  };
}

export function sourceOf(more: Partial<SourceGlance> = {}): SourceGlance {
  const counts = { files: 12, bytes: 3_000_000, calls: 132, problems: 0, notRecordedUsd: 0 };
  return { agent: 'claude', label: 'Claude Code', lastAt: snapshotAt - 60_000, ...counts, ...more };
}

/** A plain working day: $4.21 today at $3.10/h, one agent at work, nothing to complain about. */
export function snapshotOf(more: Partial<Snapshot> = {}): Snapshot {
  return {
    at: snapshotAt,
    timeZone: 'UTC',
    host: '',
    today: totalsOf(132, 4.21),
    week: totalsOf(800, 31.5),
    month: totalsOf(2500, 187.4),
    burnRate: 3.1,
    session: sessionOf(),
    active: [sessionOf()],
    lastTurn: null,
    subscription: false,
    budget: null,
    scan: { state: 'idle', filesDone: 12, filesTotal: 12, bytesDone: 3_000_000, bytesTotal: 3_000_000 },
    lastCallAt: snapshotAt - 60_000,
    sources: [sourceOf()],
    problems: 0,
    preflight: { agents: [], snoozedUntil: 0 },
    ...more,
  };
}
