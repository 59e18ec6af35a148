import * as z from 'zod';
import type { Fact, Signal, UsageEvent } from '../usage.ts';

/**
 * No response has a billion tokens of one class. The bound also keeps a hostile record's cost inside the ledger's
 * 64-bit columns.
 */
const mostTokens = 1e9;

/** A count of tokens; gateways write null or leave it out for none. Negative, fractional and absurd ones are refused. */
export const tokenCount = z
  .int()
  .min(0)
  .max(mostTokens)
  .nullish()
  .transform((n) => n ?? 0);

/** A count that tells "none" from "not said". */
export const knownCount = z.int().min(0).max(mostTokens).nullish();

/** A field that only describes a call: when it is not the text it should be, the call is still good. */
export const label = z
  .string()
  .nullish()
  .catch(null)
  .transform((text) => text || null);

/** A yes or no that only describes a call. */
export const flag = z
  .boolean()
  .nullish()
  .catch(null)
  .transform((value) => value ?? false);

/** The JSON value of a line or another text; undefined when it is not JSON. */
export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** Milliseconds since the epoch of an ISO instant, null when it is none. */
export function instant(timestamp: string | null): number | null {
  const at = timestamp === null ? Number.NaN : Date.parse(timestamp);
  return Number.isNaN(at) ? null : at;
}

/** The place of a record's first fault, e.g. `message.usage.input_tokens`; never its content. */
export function faultyField(error: z.ZodError): string {
  return error.issues[0]?.path.join('.') ?? '';
}

export const usage = (event: UsageEvent): Fact => ({ type: 'usage', event });
export const signal = (value: Signal): Fact => ({ type: 'signal', signal: value });
export const problem = (reason: string): Fact => ({ type: 'problem', reason });
