// Wall clocks. A day is what people in a zone call a day: 23, 24 or 25 hours, in places half an hour more or less.

const dayMs = 86_400_000;

/** A zone with its clock at hand. Building one costs as much as reading it a hundred times, so loops build it once. */
export interface Zone {
  /** What a wall clock shows at an instant, as if it were UTC: ms since the epoch. */
  readonly wall: (at: number) => number;
}

/** An IANA name such as `Europe/Berlin`, or a zone already built of it. */
export type TimeZone = string | Zone;

/** Throws a RangeError when the platform does not know the name; see isTimeZone. */
export function zoneOf(timeZone: TimeZone): Zone {
  if (typeof timeZone !== 'string') return timeZone;
  const clock = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    era: 'short',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return { wall: (at) => readClock(clock, at) };
}

export function isTimeZone(name: string): boolean {
  try {
    zoneOf(name);
    return true;
  } catch {
    return false;
  }
}

function readClock(clock: Intl.DateTimeFormat, at: number): number {
  const seconds = Math.floor(at / 1000) * 1000;
  const shown: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of clock.formatToParts(seconds)) shown[part.type] = Number(part.value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = shown;
  return Date.UTC(year, month - 1, day, hour, minute, second) + (at - seconds);
}

/** `HH:MM` on the wall. */
export function clockTime(at: number, timeZone: TimeZone): string {
  return new Date(zoneOf(timeZone).wall(at)).toISOString().slice(11, 16);
}

/** First instant of an instant's day. */
export function startOfDay(at: number, timeZone: TimeZone): number {
  const zone = zoneOf(timeZone);
  return firstInstant(Math.floor(zone.wall(at) / dayMs) * dayMs, zone);
}

/** First instant of the day that is `days` after an instant's day, on the calendar. */
export function addDays(at: number, days: number, timeZone: TimeZone): number {
  const zone = zoneOf(timeZone);
  return firstInstant((Math.floor(zone.wall(at) / dayMs) + days) * dayMs, zone);
}

/** The instant whose clock shows the same time `days` later; where that time is skipped, just after the gap. */
export function sameTime(at: number, days: number, timeZone: TimeZone): number {
  const zone = zoneOf(timeZone);
  return firstInstant(zone.wall(at) + days * dayMs, zone);
}

/** First instant of a day `YYYY-MM-DD`; NaN when it is none. */
export function startOfDayKey(day: string, timeZone: TimeZone): number {
  const wall = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(day) : NaN;
  return Number.isNaN(wall) ? NaN : firstInstant(wall, zoneOf(timeZone));
}

/** First instant at which the clock shows `wall` or later. No zone is further than 15 hours from UTC. */
function firstInstant(wall: number, zone: Zone): number {
  const before = wall - offsetAt(zone, wall - dayMs);
  const after = wall - offsetAt(zone, wall + dayMs);
  const first = Math.min(before, after);
  // Almost always this is it, and the clock has not shown it earlier.
  if (zone.wall(first) === wall) return first;
  // The clock changes on the way or jumps over it: search.
  let [low, high] = [first - dayMs / 24, Math.max(before, after) + dayMs / 24];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.wall(middle) >= wall) high = middle;
    else low = middle;
  }
  return high;
}

function offsetAt(zone: Zone, at: number): number {
  return zone.wall(at) - at;
}
