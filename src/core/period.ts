import type { Span } from './query.ts';
import { addDays, clockTime, sameTime, startOfDay, startOfDayKey, zoneOf } from './zone.ts';
import type { TimeZone, Zone } from './zone.ts';

/** Half-open range of instants, ms since the epoch. */
export interface Period {
  readonly since: number;
  readonly until: number;
}

const hourMs = 3_600_000;

/** `YYYY-MM-DD` of an instant. */
export function dayKey(at: number, timeZone: TimeZone): string {
  return isoDay(zoneOf(timeZone).wall(at));
}

/** Start of an instant's hour of wall clock with its offset, `2026-10-25T02:00+02:00`: unique where a clock change repeats it. */
export function hourKey(at: number, timeZone: TimeZone): string {
  const wall = zoneOf(timeZone).wall(at);
  const offset = Math.round((wall - at) / 60_000);
  const sign = offset < 0 ? '-' : '+';
  const size = Math.abs(offset);
  return `${new Date(wall).toISOString().slice(0, 13)}:00${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** First instant of the week, a Monday (ISO 8601). */
export function weekStart(at: number, timeZone: TimeZone): number {
  const zone = zoneOf(timeZone);
  return addDays(at, -((new Date(zone.wall(at)).getUTCDay() + 6) % 7), zone);
}

/** First instant of the calendar month. */
export function monthStart(at: number, timeZone: TimeZone): number {
  const zone = zoneOf(timeZone);
  return startOfDayKey(`${dayKey(at, zone).slice(0, 8)}01`, zone);
}

/** A day by its key `YYYY-MM-DD`; NaN bounds when it is none. */
export function dayPeriod(day: string, timeZone: TimeZone): Period {
  const zone = zoneOf(timeZone);
  const since = startOfDayKey(day, zone);
  return { since, until: Number.isNaN(since) ? NaN : addDays(since, 1, zone) };
}

/**
 * The instants that a span means, in whole days up to the end of today. `earliest` (ms) is where "all" begins; custom
 * spans include both days, in whichever order they are named.
 */
export function spanPeriod(span: Span, now: number, timeZone: TimeZone, earliest: number): Period {
  const zone = zoneOf(timeZone);
  if (typeof span === 'object') {
    const [from, to] = [dayPeriod(span.from, zone), dayPeriod(span.to, zone)];
    return { since: Math.min(from.since, to.since), until: Math.max(from.until, to.until) };
  }
  const today = startOfDay(now, zone);
  const starts = {
    today,
    '7d': addDays(now, -6, zone),
    '30d': addDays(now, -29, zone),
    month: monthStart(now, zone),
    all: Math.min(startOfDay(earliest, zone), today),
  };
  return { since: starts[span], until: addDays(now, 1, zone) };
}

/**
 * As many calendar days just before. Of a period that is still running only what has passed by `now` is compared, so
 * that a morning is not held against a whole day.
 */
export function previousPeriod(period: Period, timeZone: TimeZone, now: number = period.until): Period {
  const zone = zoneOf(timeZone);
  const days = dayCount(period, zone);
  const until = Math.max(period.since, Math.min(period.until, now));
  return { since: addDays(period.since, -days, zone), until: sameTime(until, -days, zone) };
}

/** How many calendar days a period touches. */
function dayCount(period: Period, zone: Zone): number {
  const number = (at: number): number => Date.parse(dayKey(at, zone)) / (24 * hourMs);
  return number(Math.max(period.since, period.until - 1)) - number(period.since) + 1;
}

export interface Buckets {
  readonly bucket: 'hour' | 'day';
  readonly buckets: readonly { readonly at: number; readonly label: string }[];
}

/**
 * The bars of a chart: hours for up to two days, else days. Hours are real ones, counted from each midnight, so a day
 * whose clock changes has more or fewer of them.
 */
export function bucketsOf(period: Period, timeZone: TimeZone): Buckets {
  const zone = zoneOf(timeZone);
  const hourly = dayCount(period, zone) <= 2;
  const buckets: { at: number; label: string }[] = [];
  let day = startOfDay(period.since, zone);
  while (day < period.until) {
    const next = addDays(day, 1, zone);
    if (!hourly) buckets.push({ at: day, label: dayKey(day, zone) });
    else {
      for (let at = day; at < next; at += hourMs) {
        if (at + hourMs > period.since && at < period.until) buckets.push({ at, label: clockTime(at, zone) });
      }
    }
    day = next;
  }
  return { bucket: hourly ? 'hour' : 'day', buckets };
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}

function isoDay(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
