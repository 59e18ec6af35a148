import type { DatabaseSync } from 'node:sqlite';
import { usd } from '../../core/format.ts';
import { everywhere, isWithin } from '../../core/guard/caps.ts';
import type { CapRule, CapState } from '../../core/guard/caps.ts';
import { dayKey, dayPeriod, monthStart } from '../../core/period.ts';
import { zoneOf } from '../../core/zone.ts';

export interface CapSumsOptions {
  /** A connection that may be read-only. */
  readonly db: DatabaseSync;
  readonly timeZone: string;
}

export interface CapSums {
  /** The caps with what is spent of each at an instant (ms since the epoch). Unpriced calls add nothing. */
  states(rules: readonly CapRule[], session: SessionName, now: number): readonly CapState[];
  /** USD list value of the running day. */
  today(now: number): number;
}

export interface SessionName {
  readonly agent: string;
  /** As the agent names it; a subagent's counts for the session that started it. */
  readonly session: string;
}

/** The month's past days change only when old records are read or priced anew: summed again after so many ms. */
const settledFor = 30_000;

/** Sums for caps, cheap enough for every call: of the month only today is summed each time. */
export function createCapSums({ db, timeZone }: CapSumsOptions): CapSums {
  const zone = zoneOf(timeZone);
  const sumOf = createSum(db);
  const sessionSum = createSessionSum(db);
  const settled = new Map<string, { readonly at: number; readonly pico: bigint }>();
  const today = (now: number): number => dayPeriod(dayKey(now, zone), zone).since;

  const beforeToday = (folder: string, now: number): bigint => {
    const key = `${folder} ${today(now)}`;
    const known = settled.get(key);
    if (known !== undefined && Math.abs(now - known.at) < settledFor) return known.pico;
    const pico = sumOf(folder, monthStart(now, zone), today(now));
    // Yesterday's sums are of no use.
    if (known === undefined && settled.size > 100) settled.clear();
    settled.set(key, { at: now, pico });
    return pico;
  };
  const spent = ({ scope, folder }: CapRule, session: SessionName, now: number): bigint => {
    if (scope === 'session') return sessionSum(session);
    const ofToday = sumOf(folder, today(now), Number.MAX_SAFE_INTEGER);
    return scope === 'day' ? ofToday : ofToday + beforeToday(folder, now);
  };
  return {
    states: (rules, session, now) => rules.map((rule) => ({ ...rule, spent: usd(spent(rule, session, now)) })),
    today: (now) => usd(sumOf(everywhere, today(now), Number.MAX_SAFE_INTEGER)),
  };
}

/** Pico-dollars of the calls in [since, until) of the projects in a folder, or of all. */
function createSum(db: DatabaseSync): (folder: string, since: number, until: number) => bigint {
  const all = db.prepare('SELECT SUM(cost) AS pico FROM charge WHERE at >= ? AND at < ?');
  const some = db.prepare(`
    SELECT SUM(ch.cost) AS pico FROM charge ch JOIN call c ON c.id = ch.call
    WHERE ch.at >= ? AND ch.at < ? AND c.project IN (SELECT value FROM json_each(?))`);
  const projects = db.prepare('SELECT id, path FROM project');
  // Sums of pico-dollars leave the range of exact doubles at $9,007.
  for (const sum of [all, some]) sum.setReadBigInts(true);
  return (folder, since, until) => {
    if (folder === everywhere) return picoOf(all.get(since, until));
    const inside = projects.all().filter(({ path }) => typeof path === 'string' && isWithin(path, folder));
    return picoOf(some.get(since, until, JSON.stringify(inside.map(({ id }) => id))));
  };
}

/** Pico-dollars of a session, with what its subagents spent in sessions of their own. */
function createSessionSum(db: DatabaseSync): (session: SessionName) => bigint {
  // A forked session has a parent too, and is one of its own with its subagents: it has a main thread.
  const isSubagents = `EXISTS (SELECT 1 FROM call WHERE session = s.id)
    AND NOT EXISTS (SELECT 1 FROM call WHERE session = s.id AND subagent IS NULL)`;
  const starter = db.prepare(`
    SELECT parent FROM session s WHERE agent = ? AND key = ? AND parent IS NOT NULL AND ${isSubagents}`);
  const sum = db.prepare(`
    WITH RECURSIVE family (key) AS (
      VALUES (?)
      UNION SELECT s.key FROM session s JOIN family ON s.parent = family.key WHERE s.agent = ? AND ${isSubagents})
    SELECT SUM(ch.cost) AS pico FROM family JOIN session s ON s.agent = ? AND s.key = family.key
      JOIN call c ON c.session = s.id JOIN charge ch ON ch.call = c.id`);
  sum.setReadBigInts(true);
  return ({ agent, session }) => {
    let root = session;
    const passed = new Set<string>();
    for (let up = starter.get(agent, root)?.['parent']; typeof up === 'string' && !passed.has(up);) {
      passed.add(up);
      root = up;
      up = starter.get(agent, root)?.['parent'];
    }
    return picoOf(sum.get(root, agent, agent));
  };
}

function picoOf(row: Record<string, unknown> | undefined): bigint {
  return typeof row?.['pico'] === 'bigint' ? row['pico'] : 0n;
}
