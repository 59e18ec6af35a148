import { usd } from '../../core/format.ts';
import { project } from '../../core/forecast/projection.ts';
import type { ActiveDay } from '../../core/forecast/projection.ts';
import { dayKey, dayPeriod } from '../../core/period.ts';
import type { Period } from '../../core/period.ts';
import type { Projection } from '../../core/query.ts';
import { addDays, zoneOf } from '../../core/zone.ts';
import type { View } from './breakdown.ts';
import { readCells } from './cells.ts';
import { scopeOf } from './scope.ts';

/** No month is longer, and a young month is judged by the days before it. */
const daysBack = 31;

/** The running month at the user's own pace. */
export function readProjection(view: View): Projection {
  const zone = zoneOf(view.timeZone);
  const until = dayPeriod(dayKey(view.now, zone), zone).until;
  const days = readActiveDays({ ...view, timeZone: zone }, { since: addDays(view.now, -daysBack, zone), until });
  return project(days, view.now, zone);
}

/** Days with calls in order, with their list value and tasks: a turn is a task of the day on which it began. */
export function readActiveDays({ db, timeZone }: View, period: Period): ActiveDay[] {
  const zone = zoneOf(timeZone);
  const spent = new Map<string, bigint>();
  for (const cell of readCells(db, scopeOf(period, {}, zone), ['at'])) {
    const day = dayKey(cell.at, zone);
    spent.set(day, (spent.get(day) ?? 0n) + cell.pico);
  }
  const tasks = new Map<string, number>();
  const turns = db.prepare(
    `SELECT MIN(at) AS at FROM call WHERE at >= ? AND at < ? AND subagent IS NULL GROUP BY session, turn`,
  );
  for (const row of turns.iterate(period.since, period.until)) {
    const day = dayKey(Number(row['at']), zone);
    tasks.set(day, (tasks.get(day) ?? 0) + 1);
  }
  return [...spent]
    .map(([day, pico]) => ({ day, spent: usd(pico), tasks: tasks.get(day) ?? 0 }))
    .toSorted((a, b) => (a.day < b.day ? -1 : 1));
}
