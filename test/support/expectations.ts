import { readFileSync } from 'node:fs';
import * as z from 'zod';

const tokens = z.strictObject({
  input: z.int(),
  cacheRead: z.int(),
  cacheWrite5m: z.int(),
  cacheWrite1h: z.int(),
  output: z.int(),
  thinking: z.int(),
});

const trapShape = z.strictObject({
  /** The rule behind the case, and a price's arithmetic. */
  why: z.string(),
  calls: z.int(),
  /** By model, as recorded. */
  tokens: z.record(z.string(), tokens),
  webSearches: z.int(),
  problems: z.array(z.string()),
  /** An exact decimal; null when no price is known; left out where the case is not about a price. */
  usd: z.string().nullable().optional(),
});

/** By run: what the provider billed and the client recorded. */
const billsShape = z.record(z.string(), z.strictObject({ billed: z.int(), calls: z.int(), tokens, usd: z.number() }));

export function readTrap(path: string): z.infer<typeof trapShape> {
  return trapShape.parse(readJson(path));
}

export function readBills(path: string): z.infer<typeof billsShape> {
  return billsShape.parse(readJson(path));
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
