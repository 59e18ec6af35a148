import type { DatabaseSync } from 'node:sqlite';
import { burnRate, burnWindow, quietAfter } from '../core/forecast/burnRate.ts';
import { budgetVerdict } from '../core/guard/budget.ts';
import { usd } from '../core/format.ts';
import { dayKey, dayPeriod, monthStart, weekStart } from '../core/period.ts';
import type { Settings } from '../core/settings.ts';
import type { PreflightGlance, Scan, SessionGlance, Snapshot } from '../core/snapshot.ts';
import { sources } from '../core/sources/index.ts';
import { zoneOf } from '../core/zone.ts';
import { createSessionGlances, readLastTurn } from './glance.ts';
import type { GlanceOptions } from './glance.ts';
import { hold } from './held.ts';
import type { Change } from './ledger/changes.ts';
import { readCells } from './query/cells.ts';
import { readOnPlan } from './query/sessions.ts';
import { readSourceGlances } from './query/sourceGlances.ts';
import { addSums, sumCells, toTotals } from './query/sums.ts';
import type { Sum } from './query/sums.ts';

/** Other machines' clocks (a mounted home) run a little ahead; what is further off is not now. */
const skew = 60_000;

/** The connection is a read-only one; the clock gives milliseconds, only going forward. */
export interface MeterOptions extends GlanceOptions {
  readonly timeZone: string;
  readonly host: string;
  readonly settings: () => Settings;
  /** Roots of the window's projects, absolute. */
  readonly folders: () => readonly string[];
  readonly scan: () => Scan;
  readonly preflight: () => PreflightGlance;
}

export interface Meter {
  /** `now` is ms since the epoch. */
  snapshot(now: number): Snapshot;
  changed(change: Change): void;
  /** The last snapshot drew on sums that have changed since and are to be computed anew. */
  readonly stale: boolean;
}

/** Instant from which the burn rate is no longer shown, ms since the epoch. */
export function quietAt(snapshot: Snapshot): number | null {
  return snapshot.burnRate === null || snapshot.lastCallAt === null ? null : snapshot.lastCallAt + quietAfter;
}

/** Assembles what every view shows. Sums of past days are held; only today is summed for each snapshot. */
export function createMeter(options: MeterOptions): Meter {
  const { db, timeZone, clock } = options;
  const zone = zoneOf(timeZone);
  const settled = hold(() => readSettled(db, days), clock, 1000);
  const glances = hold(() => readSourceGlances(db, sources), clock, 1000);
  const sessions = createSessionGlances(options);
  let days: Days = { today: Infinity, week: Infinity, month: Infinity };
  return {
    snapshot: (now) => {
      const day = dayPeriod(dayKey(now, zone), zone);
      days = { today: day.since, week: weekStart(now, zone), month: monthStart(now, zone) };
      const active = sessions.active(now, now + skew);
      return {
        at: now,
        timeZone,
        host: options.host,
        ...spans(read(db, day.since, day.until), settled.get(JSON.stringify(days)), options.settings()),
        ...readBurn(db, now),
        ...sessionView(options, active, sessions.leading(active, options.folders(), now + skew), now),
        lastTurn: readLastTurn(db, now + skew),
        scan: options.scan(),
        ...sourcesView(glances.get('')),
        preflight: options.preflight(),
      };
    },
    changed: (change) => {
      if (change.rebuilt || (change.earliest !== null && change.earliest < days.today)) settled.spoil();
      if (change.rebuilt || change.calls > 0) sessions.spoil();
      glances.spoil();
    },
    get stale() {
      return settled.stale || glances.stale || sessions.stale;
    },
  };
}

/** Starts of the running day, week and month. */
interface Days {
  readonly today: number;
  readonly week: number;
  readonly month: number;
}

interface Settled {
  readonly week: Sum;
  readonly month: Sum;
}

function readSettled(db: DatabaseSync, days: Days): Settled {
  return { week: read(db, days.week, days.today), month: read(db, days.month, days.today) };
}

function read(db: DatabaseSync, since: number, until: number): Sum {
  return sumCells(readCells(db, { period: { since, until }, where: '', values: [], model: null }, []));
}

function spans(today: Sum, past: Settled, settings: Settings): Pick<Snapshot, 'today' | 'week' | 'month' | 'budget'> {
  const totals = toTotals(today);
  return {
    today: totals,
    week: toTotals(addSums(past.week, today)),
    month: toTotals(addSums(past.month, today)),
    budget: budgetVerdict(totals.listCost, settings),
  };
}

function readBurn(db: DatabaseSync, now: number): Pick<Snapshot, 'burnRate' | 'lastCallAt'> {
  const newest = db.prepare('SELECT MAX(at) AS at FROM charge WHERE at <= ?').get(now + skew)?.['at'];
  const lastCallAt = typeof newest === 'number' ? newest : null;
  const spent = usd(read(db, now - burnWindow + 1, now + skew + 1).pico);
  return { burnRate: burnRate(spent, lastCallAt, now), lastCallAt };
}

function sessionView(
  { db, settings }: MeterOptions,
  active: readonly SessionGlance[],
  session: SessionGlance | null,
  now: number,
): Pick<Snapshot, 'active' | 'session' | 'subscription'> {
  const { billing } = settings();
  const onPlan = billing === 'auto' && session !== null && readOnPlan(db, session.agent, now + skew);
  return { active, session, subscription: billing === 'subscription' || onPlan };
}

function sourcesView(known: Snapshot['sources']): Pick<Snapshot, 'sources' | 'problems'> {
  return { sources: known, problems: known.reduce((sum, s) => sum + s.problems, 0) };
}
