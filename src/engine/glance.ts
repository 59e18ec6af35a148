import { isAbsolute } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { cachedUntil } from '../core/forecast/cacheState.ts';
import type { LastCall } from '../core/forecast/cacheState.ts';
import { promptCost } from '../core/forecast/nextPrompt.ts';
import { usd } from '../core/format.ts';
import { modelLimits } from '../core/models.ts';
import type { RateCard } from '../core/pricing/rateCard.ts';
import type { SessionGlance, Snapshot } from '../core/snapshot.ts';
import { promptTokens } from '../core/usage.ts';
import { sources } from '../core/sources/index.ts';
import type { Totals } from '../core/totals.ts';
import { hold } from './held.ts';
import type { Held } from './held.ts';
import { isInside } from './inside.ts';
import type { Foreteller } from './preflight/foretell.ts';
import { readCells } from './query/cells.ts';
import {
  readLastTurnEnd,
  readLiveSessions,
  readThreadEnd,
  sessionScope,
  stateOf,
  turnScope,
} from './query/sessions.ts';
import type { LiveSession } from './query/sessions.ts';
import { agentLabel } from './query/sourceGlances.ts';
import { sumCells, toTotals } from './query/sums.ts';

const activeFor = 10 * 60_000;
const activeAtMost = 20;

export interface SessionGlances {
  /** Sessions with a call or a signal in the last 10 minutes, newest first; `until` is the latest instant that is now. */
  active(now: number, until: number): readonly SessionGlance[];
  /** The newest active session inside `folders`, else the newest on the machine. */
  leading(active: readonly SessionGlance[], folders: readonly string[], until: number): SessionGlance | null;
  spoil(): void;
  readonly stale: boolean;
}

export interface GlanceOptions {
  readonly db: DatabaseSync;
  readonly clock: () => number;
  readonly card: () => RateCard;
  readonly foreteller: Foreteller;
}

export function createSessionGlances({ db, clock, card, foreteller }: GlanceOptions): SessionGlances {
  // A session's sum is computed anew as soon as it does something, and otherwise as often as can be afforded.
  const held = new Map<number, Held<Totals>>();
  const totals = ({ id, at }: LiveSession): Totals => {
    const sum = held.get(id) ?? hold(() => toTotals(sumCells(readCells(db, sessionScope(id), []))), clock, 1000);
    held.delete(id);
    held.set(id, sum);
    dropEldest(held);
    return sum.get(String(at));
  };
  // A request's estimate stays as it was when it left.
  const flights = new Map<number, { readonly at: number; readonly inFlight: SessionGlance['inFlight'] }>();
  const inFlight = (live: LiveSession): SessionGlance['inFlight'] => {
    if (live.kind !== 'request') return null;
    const known = flights.get(live.id);
    if (known?.at === live.at) return known.inFlight;
    const found = inFlightOf(live, foreteller);
    flights.delete(live.id);
    flights.set(live.id, { at: live.at, inFlight: found });
    dropEldest(flights);
    return found;
  };
  const glance = (live: LiveSession, isActive: boolean, until: number): SessionGlance => {
    const last = readThreadEnd(db, live.id, null, until);
    // A subagent may run on a model of its own.
    const model = (live.subagent === null ? live.model : null) ?? last?.call.model ?? live.model;
    return {
      agent: live.agent,
      agentLabel: agentLabel(sources, live.agent),
      session: live.session,
      project: live.project,
      branch: last?.branch ?? null,
      model,
      effort: live.effort,
      contextTokens: last === null ? 0 : promptTokens(last.call.tokens),
      contextWindow: last?.window ?? (model === null ? null : (modelLimits(model)?.window ?? null)),
      state: isActive ? stateOf(live.kind) : 'stale',
      lastAt: live.at,
      totals: totals(live),
      cache: last === null ? null : cacheOf(last.call, card()),
      inFlight: isActive ? inFlight(live) : null,
    };
  };
  return {
    active: (now, until) =>
      readLiveSessions(db, now - activeFor, until, activeAtMost).map((live) => glance(live, true, until)),
    leading: (active, folders, until) => {
      const here = active.find((s) => inFolders(s.project, folders)) ?? active[0];
      if (here) return here;
      const [newest] = readLiveSessions(db, 0, until, 1);
      return newest ? glance(newest, false, until) : null;
    },
    spoil: () => {
      for (const sum of held.values()) sum.spoil();
    },
    get stale() {
      return [...held.values()].some((sum) => sum.stale);
    },
  };
}

/** Until when the main thread's prompt stays cached, and what the next turn costs more from then on. */
function cacheOf(last: LastCall, card: RateCard): SessionGlance['cache'] {
  const until = cachedUntil(last);
  if (until === null) return null;
  const context = promptTokens(last.tokens) + last.tokens.output;
  const { model, provider } = last;
  const next = promptCost({ at: until, model, context, last, usual: null, provider, shared: 0 }, card);
  return next === null ? null : { until, extra: usd(next.extra) };
}

function dropEldest(kept: Map<number, unknown>): void {
  const eldest = kept.size > 2 * activeAtMost ? kept.keys().next().value : undefined;
  if (eldest !== undefined) kept.delete(eldest);
}

/** Null when it has no price. */
function inFlightOf(live: LiveSession, foreteller: Foreteller): SessionGlance['inFlight'] {
  const next = foreteller.inFlight(live);
  return next && { since: live.at, median: next.cost.median, p90: next.cost.p90 };
}

/** Whether a project is open in a window: one of its folders, inside one, or around one. */
export function inFolders(project: string | null, folders: readonly string[]): boolean {
  if (project === null || !isAbsolute(project)) return false;
  return folders.some((folder) => isInside(project, folder) || isInside(folder, project));
}

/** Calls and cost of the turn that ended last, its subagents' included. */
export function readLastTurn(db: DatabaseSync, until: number): Snapshot['lastTurn'] {
  const turn = readLastTurnEnd(db, until);
  if (turn === null) return null;
  const { listCost, calls } = toTotals(sumCells(readCells(db, turnScope(db, turn), [])));
  return { at: turn.at, listCost, calls, session: turn.session };
}
