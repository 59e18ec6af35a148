import * as z from 'zod';

// The shape of price data, wherever it comes from: compiled at build time, written by hand, or fetched.

/** USD per million tokens. The ceiling only keeps a broken table out. */
const usdPerMillion = z.number().nonnegative().max(10_000);
const hourOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** Rates that are left out: a read or a write without a price of its own bills as input. */
const ratesSchema = z.strictObject({
  input: usdPerMillion,
  output: usdPerMillion,
  read: usdPerMillion.optional(),
  write5m: usdPerMillion.optional(),
  write1h: usdPerMillion.optional(),
});
export type Rates = z.infer<typeof ratesSchema>;
/** A row's rates with nothing left out. */
export type FullRates = Readonly<Record<keyof Rates, number>>;

/** UTC, from inclusive to exclusive, within one day. */
const hoursSchema = z.strictObject({ from: hourOfDay, to: hourOfDay });
export type Hours = z.infer<typeof hoursSchema>;

const rowSchema = z.strictObject({
  /** First day (UTC) it is in force; always when left out. */
  from: z.iso.date().optional(),
  hours: z.array(hoursSchema).optional(),
  rates: ratesSchema,
  /** Prompts of more tokens than this bill the whole request at these rates. */
  long: z.strictObject({ above: z.int().positive(), rates: ratesSchema }).optional(),
  /** USD per web search. */
  search: z.number().nonnegative().max(100).optional(),
  source: z.string().optional(),
  date: z.iso.date().optional(),
});
/** One price of a model. Of the rows in force at an instant the last one in the list counts. */
export type RateRow = z.infer<typeof rowSchema>;

const modelSchema = z.strictObject({
  provider: z.string(),
  model: z.string(),
  /** Other exact spellings. */
  names: z.array(z.string()).optional(),
  rows: z.array(rowSchema).min(1),
});
export type ModelRates = z.infer<typeof modelSchema>;

export const rateTableSchema = z.strictObject({
  source: z.string(),
  /** When the source was read. */
  date: z.iso.date(),
  models: z.array(modelSchema),
});
export type RateTable = z.infer<typeof rateTableSchema>;

/** What multiplies the token rates of a call; fees are never multiplied. */
const modifierSchema = z.strictObject({
  /** For people: "fast mode". */
  name: z.string(),
  kinds: z.array(z.enum(['batch', 'flex', 'fast', 'priority', 'region', 'peak'])).min(1),
  /** Who bills. */
  providers: z.array(z.string()).min(1),
  /** Ids in the table; every model of the provider when left out. */
  models: z.array(z.string()).optional(),
  /** Only for these regions; any pinned region when left out. */
  regions: z.array(z.string()).optional(),
  /** Larger prompts run without it. */
  promptUpTo: z.int().positive().optional(),
  from: z.iso.date().optional(),
  /** The first day on which it no longer holds. */
  until: z.iso.date().optional(),
  hours: z.array(hoursSchema).optional(),
  weekdaysOnly: z.boolean().optional(),
  exceptDays: z.array(z.iso.date()).optional(),
  num: z.int().positive(),
  den: z.int().positive(),
  source: z.string(),
  date: z.iso.date(),
});
export type Modifier = z.infer<typeof modifierSchema>;

/** Models and modifiers that the compiled table lacks. Its models replace the table's; each row names source and date. */
export const overlaySchema = rateTableSchema.extend({
  models: z.array(modelSchema.extend({ rows: z.array(rowSchema.required({ source: true, date: true })).min(1) })),
  modifiers: z.array(modifierSchema),
});
export type Overlay = z.infer<typeof overlaySchema>;
