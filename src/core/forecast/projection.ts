import { formatUsd } from '../format.ts';
import { dayKey } from '../period.ts';
import type { Projection } from '../query.ts';
import type { TimeZone } from '../zone.ts';
import { tierOf } from './mix.ts';

/** A day with calls, in the view's zone. */
export interface ActiveDay {
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** USD list value. */
  readonly spent: number;
  /** Prompts worked on, see economics: a task is a prompt until it is done. */
  readonly tasks: number;
}

/** With fewer active days than this the month alone says little, and earlier days speak too. */
const enoughDays = 5;
/** How many days before today count then. */
const lookBack = 30;

/**
 * The month at the user's own pace: what is spent, plus the days left at the usual value of an active day times how
 * many of them are usually active. `days` may reach back before the month; future ones are left out.
 */
export function project(days: readonly ActiveDay[], now: number, timeZone: TimeZone): Projection {
  const today = dayKey(now, timeZone);
  const month = today.slice(0, 7);
  const past = days.filter((d) => d.day <= today);
  const own = past.filter((d) => d.day.startsWith(month));
  const toDate = total(own, 'spent');
  const dayOfMonth = Number(today.slice(8));
  const daysLeft = daysIn(month) - dayOfMonth;
  const pace = own.length >= enoughDays ? paceOf(own, dayOfMonth) : widerPace(past, today);
  const projected = toDate + daysLeft * pace.activeShare * pace.perActiveDay;
  return {
    month,
    toDate,
    projected,
    perActiveDay: pace.perActiveDay,
    activeDays: own.length,
    daysLeft,
    tasksPerActiveDay: pace.tasksPerActiveDay,
    tier: tierOf(pace.tasksPerActiveDay),
    basis: basisOf(toDate, daysLeft, pace),
  };
}

interface Pace {
  readonly perActiveDay: number;
  readonly tasksPerActiveDay: number;
  /** Active days and the days they were among. */
  readonly active: number;
  readonly among: number;
  readonly activeShare: number;
}

function paceOf(days: readonly ActiveDay[], among: number): Pace {
  const active = days.length;
  return {
    perActiveDay: active === 0 ? 0 : total(days, 'spent') / active,
    tasksPerActiveDay: active === 0 ? 0 : total(days, 'tasks') / active,
    active,
    among,
    activeShare: among === 0 ? 0 : active / among,
  };
}

/** The last 30 days, or as many as there are since the first one. */
function widerPace(past: readonly ActiveDay[], today: string): Pace {
  const recent = past.filter((d) => daysBetween(d.day, today) < lookBack);
  const first = recent.reduce((least, d) => (d.day < least ? d.day : least), today);
  return paceOf(recent, daysBetween(first, today) + 1);
}

function basisOf(toDate: number, daysLeft: number, pace: Pace): string {
  if (pace.active === 0) return 'No calls in the last 30 days to go by.';
  const days = daysLeft === 1 ? '1 day' : `${daysLeft} days`;
  return (
    `${formatUsd(toDate)} so far; ${days} left at ${formatUsd(pace.perActiveDay)} per active day, ` +
    `with ${pace.active} of the last ${pace.among} days active.`
  );
}

function total(days: readonly ActiveDay[], key: 'spent' | 'tasks'): number {
  return days.reduce((sum, d) => sum + d[key], 0);
}

function daysIn(month: string): number {
  return new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
}

function daysBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 86_400_000;
}
