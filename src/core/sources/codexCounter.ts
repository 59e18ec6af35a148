import * as z from 'zod';
import type { CodexUsage } from './codexRecords.ts';

/** Counts in the order input, cached, cache write, output, reasoning; the first three overlap, so do the last two. */
export const vectorShape = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]).readonly();
export type Vector = z.infer<typeof vectorShape>;

/** Where a file's running totals stand. */
export const counterShape = z
  .object({
    /** The newest totals; null before the file's first. */
    total: vectorShape.nullable(),
    /** Totals seen lately, written out: one of them again is a re-emission. */
    seen: z.array(z.string()).readonly(),
    /** How often the totals began anew; keeps equal totals of different epochs apart. */
    epoch: z.number(),
  })
  .readonly();
export type Counter = z.infer<typeof counterShape>;

export interface Reading {
  readonly counter: Counter;
  /** What one call used, null when the event is no new call. */
  readonly call: Vector | null;
  /** Names the call by content: the same in every copy of the event. */
  readonly key: string;
  /** The event began above zero with nothing before it, so it may repeat another file's last call. */
  readonly midway: boolean;
}

export const newCounter: Counter = { total: null, seen: [], epoch: 0 };

/** Re-emissions follow closely; and the ledger drops what is older, since a call's id is its content. */
const remembered = 16;

/**
 * Reads one `token_count`. The totals decide whether there was a call and `last` what it used: clients repeat an event
 * up to three times, and at the start of each turn. Totals that fall are an old event written again (seen before), or
 * the counter began anew (they equal `last`, or there is no `last`). `inherits`: the file may begin with another's totals.
 */
export function readCounter(counter: Counter, inherits: boolean, total: Vector | null, last: Vector | null): Reading {
  const none: Reading = { counter, call: null, key: '', midway: false };
  // After a context overflow the client sets totals and last to nothing but an overall sum: no call was made.
  if (last !== null && isZero(last)) return total !== null && isZero(total) ? restart(none) : none;
  // A client that writes no totals does not repeat itself either.
  if (total === null) return last === null ? none : { ...none, call: last, key: `${counter.epoch}~${last.join('.')}` };
  if (isZero(total) || counter.seen.includes(total.join('.'))) return none;
  const anew = counter.total !== null && fell(counter.total, total) && (last === null || equal(total, last));
  const first = counter.total === null && counter.epoch === 0;
  const epoch = anew ? counter.epoch + 1 : counter.epoch;
  const seen = [...(anew ? [] : counter.seen), total.join('.')].slice(-remembered);
  const next: Counter = { total, seen, epoch };
  if (first && inherits && last === null) return { ...none, counter: next };
  const call = last ?? (counter.total === null || anew ? total : minus(total, counter.total));
  const key = `${epoch > 0 ? `${epoch}!` : ''}${total.join('.')}~${call.join('.')}`;
  return { counter: next, call, key, midway: first && !equal(total, call) };
}

function restart(reading: Reading): Reading {
  if (reading.counter.total === null) return reading;
  return { ...reading, counter: { total: null, seen: [], epoch: reading.counter.epoch + 1 } };
}

export function vector(usage: CodexUsage): Vector {
  return [
    usage.input_tokens,
    usage.cached_input_tokens,
    usage.cache_write_input_tokens,
    usage.output_tokens,
    usage.reasoning_output_tokens,
  ];
}

export function isZero(v: Vector): boolean {
  return v.every((n) => n === 0);
}

export function equal(a: Vector, b: Vector): boolean {
  return a.join() === b.join();
}

function fell(before: Vector, after: Vector): boolean {
  return after.some((n, i) => n < (before[i] ?? 0));
}

/** Only called where no class fell. */
function minus(a: Vector, b: Vector): Vector {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3], a[4] - b[4]];
}
