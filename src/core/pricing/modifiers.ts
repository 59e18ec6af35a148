import type { Speed, ServiceTier } from '../usage.ts';
import type { Hours, Modifier } from './table.ts';

const day = 86_400_000;

/** What decides the rate of one request. */
export interface RateQuery {
  readonly provider: string;
  readonly model: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Tokens of the whole prompt, cached or not. */
  readonly prompt: number;
  readonly speed: Speed;
  readonly tier: ServiceTier;
  readonly region: string | null;
}

/** The request as its biller sees it. */
export interface Billed {
  readonly provider: string;
  /** The model's id in the table. */
  readonly model: string;
  /** Where it was pinned to run; null when anywhere. */
  readonly region: string | null;
}

/**
 * Everything that multiplies a request's token rates. Null when it ran in a mode whose price nobody has published:
 * such a request is unpriced rather than billed at the standard rate.
 */
export function modifiersFor(all: readonly Modifier[], query: RateQuery, billed: Billed): readonly Modifier[] | null {
  const applies = (m: Modifier, kind: Modifier['kinds'][number]): boolean =>
    m.kinds.includes(kind) &&
    m.providers.includes(billed.provider) &&
    (m.models?.includes(billed.model) ?? true) &&
    inForce(m, query.at);
  const chosen: Modifier[] = [];
  const mode = modeOf(query);
  if (mode !== null) {
    const modifier = all.find((m) => applies(m, mode));
    if (modifier === undefined) return null;
    if (query.prompt <= (modifier.promptUpTo ?? Infinity)) chosen.push(modifier);
  }
  const region = billed.region;
  if (region !== null) {
    const modifier = all.find((m) => applies(m, 'region') && (m.regions?.includes(region) ?? true));
    if (modifier !== undefined) chosen.push(modifier);
  }
  const peak = all.find((m) => applies(m, 'peak'));
  if (peak !== undefined) chosen.push(peak);
  return chosen.filter((m) => m.num !== m.den);
}

/** Batch excludes fast mode: where a record claims both, the batch discount is what the vendor bills. */
function modeOf(query: RateQuery): 'batch' | 'flex' | 'fast' | 'priority' | null {
  if (query.tier === 'batch' || query.tier === 'flex') return query.tier;
  if (query.speed === 'fast') return 'fast';
  return query.tier === 'priority' ? 'priority' : null;
}

function inForce(m: Modifier, at: number): boolean {
  if (m.from !== undefined && at < Date.parse(m.from)) return false;
  if (m.until !== undefined && at >= Date.parse(m.until)) return false;
  if (m.hours !== undefined && !withinHours(m.hours, at)) return false;
  if (m.weekdaysOnly === true && isWeekend(at)) return false;
  return !(m.exceptDays ?? []).some((d) => Math.floor(at / day) * day === Date.parse(d));
}

export function withinHours(hours: readonly Hours[], at: number): boolean {
  const minute = Math.floor((((at % day) + day) % day) / 60_000);
  return hours.some((h) => minute >= minuteOf(h.from) && minute < minuteOf(h.to));
}

function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

/** Day 0 of the epoch was a Thursday. */
function isWeekend(at: number): boolean {
  const weekday = (((Math.floor(at / day) + 4) % 7) + 7) % 7;
  return weekday === 0 || weekday === 6;
}
