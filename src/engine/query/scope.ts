import type { SQLInputValue } from 'node:sqlite';
import { dayPeriod } from '../../core/period.ts';
import type { Period } from '../../core/period.ts';
import type { Filter } from '../../core/query.ts';
import type { TimeZone } from '../../core/zone.ts';

/** Which calls a question is about: a period, and conditions on `call c` (and, for a model, on `charge ch`). */
export interface Scope {
  readonly period: Period;
  readonly where: string;
  readonly values: readonly SQLInputValue[];
  /** Set when only one model's parts are asked for. */
  readonly model: string | null;
}

/** No bounds at all. */
export const always: Period = { since: Number.MIN_SAFE_INTEGER, until: Number.MAX_SAFE_INTEGER };

const hour = 3_600_000;

/** `filter.day` and `filter.hour` narrow the period; '' is "none recorded". A value nobody has matches nothing. */
export function scopeOf(period: Period, filter: Filter, timeZone: TimeZone): Scope {
  const conditions: string[] = [];
  const values: SQLInputValue[] = [];
  const equal = (column: string, lookup: string, value: string | undefined): void => {
    if (value === undefined) return;
    if (value === '') {
      conditions.push(`${column} IS NULL`);
      return;
    }
    conditions.push(lookup);
    values.push(value);
  };
  equal('c.agent', 'c.agent = ?', filter.agent);
  equal('c.project', 'c.project = (SELECT id FROM project WHERE path = ?)', filter.project);
  equal('c.branch', 'c.branch = (SELECT id FROM branch WHERE name = ?)', filter.branch);
  equal('c.session', 'c.session IN (SELECT id FROM session WHERE key = ?)', filter.session);
  return {
    period: narrowed(period, filter, timeZone),
    where: conditions.map((c) => ` AND ${c}`).join(''),
    values,
    model: filter.model ?? null,
  };
}

function narrowed(period: Period, filter: Filter, timeZone: TimeZone): Period {
  if (filter.day === undefined && filter.hour === undefined) return period;
  let { since, until } = period;
  if (filter.day !== undefined) {
    const day = dayPeriod(filter.day, timeZone);
    since = Math.max(since, day.since);
    until = Math.min(until, day.until);
  }
  if (filter.hour !== undefined) {
    // An hour's key carries its offset, so the hour that a clock change repeats is still one instant.
    const at = Date.parse(filter.hour);
    since = Math.max(since, at);
    until = Math.min(until, at + hour);
  }
  return Number.isNaN(since) || Number.isNaN(until) || until < since ? { since: 0, until: 0 } : { since, until };
}
