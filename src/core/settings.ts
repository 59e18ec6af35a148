import * as z from 'zod';

const usdPerMillion = z.number().nonnegative();

/** A user's own rate for a model, USD per million tokens; what is left out follows from `input` as the vendor's ratios do. */
export const priceOverrideSchema = z.strictObject({
  input: usdPerMillion,
  output: usdPerMillion,
  cacheRead: usdPerMillion.optional(),
  cacheWrite5m: usdPerMillion.optional(),
  cacheWrite1h: usdPerMillion.optional(),
  /** ISO date from which it holds; always when left out. */
  from: z.iso.date().optional(),
});

/** The one schema of `burnMeter.*` settings; package.json is tested against it. A bad value falls back to its default. */
export const settingsSchema = z.object({
  /** Which figure leads in the status bar. */
  leadingFigure: z.enum(['today', 'session', 'week', 'month']).catch('today').default('today'),
  /** USD list value a day; 0 is none. */
  dailyBudget: z.number().nonnegative().catch(0).default(0),
  /** Share of the daily budget from which the item warns. */
  dailyBudgetWarnAt: z.number().min(0).max(1).catch(0.8).default(0.8),
  /** Whether spend reads as a bill or as value; `auto` follows the agents' records. */
  billing: z.enum(['auto', 'payPerToken', 'subscription']).catch('auto').default('auto'),
  /** Warn while a call is in flight when its estimate passes this many USD; 0 is off. */
  warnAbove: z.number().nonnegative().catch(1).default(1),
  priceOverrides: z.record(z.string(), priceOverrideSchema).catch({}).default({}),
  /** Model id as recorded → model id in the pricing table. */
  modelAliases: z.record(z.string(), z.string()).catch({}).default({}),
  /** Fetch newer prices once a day. Off unless the user turns it on. */
  refreshPrices: z.boolean().catch(false).default(false),
  /** Homes to read beside this machine's own (the other side of WSL, a mounted remote); polled. */
  extraHomes: z.array(z.string()).catch([]).default([]),
});
export type Settings = z.infer<typeof settingsSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});
