import * as z from 'zod';
import { candidates } from './normalise.ts';
import { rateTableSchema } from './table.ts';
import type { ModelRates, RateRow, RateTable, Rates } from './table.ts';

// The genai-prices data (npm package and published JSON alike) as our own table. Its matching rules are not kept: they
// match by prefix, and a prefix takes an unknown model for its sibling. Only their whole words become spellings.

/** The prices file to refresh from. Version 1 files are frozen. */
export const upstreamUrl =
  'https://raw.githubusercontent.com/pydantic/genai-prices/main/prices/new_data/v2/data_slim.json';

/** Whose models coding agents call. */
const codingProviders = new Set(
  'anthropic openai google aws azure github-copilot deepseek x-ai moonshotai zai zhipuai mistral'.split(' '),
);

const priceSchema = z.union([
  z.number(),
  z.object({ base: z.number(), tiers: z.array(z.object({ start: z.number(), price: z.number() })) }),
]);
type Price = z.infer<typeof priceSchema>;
const pricesSchema = z.object({
  input_mtok: priceSchema.optional(),
  output_mtok: priceSchema.optional(),
  cache_read_mtok: priceSchema.optional(),
  cache_write_mtok: priceSchema.optional(),
  cache_write_1h_mtok: priceSchema.optional(),
  web_searches_kcount: z.number().optional(),
});
type Prices = z.infer<typeof pricesSchema>;
const conditionSchema = z.object({
  start_date: z.iso.date().optional(),
  start_time: z.string().optional(),
  end_time: z.string().optional(),
});
const upstreamSchema = z.array(
  z.object({
    id: z.string(),
    models: z.array(
      z.object({
        id: z.string(),
        match: z.unknown(),
        prices: z.union([
          z.array(z.object({ constraint: conditionSchema.nullish(), prices: pricesSchema })),
          pricesSchema,
        ]),
      }),
    ),
  }),
);
type UpstreamModel = z.infer<typeof upstreamSchema>[number]['models'][number];

/** Compiles upstream data into a table. Throws a ZodError on data of another shape. */
export function slimTable(upstream: unknown, source: string, date: string): RateTable {
  const models = upstreamSchema
    .parse(upstream)
    .filter((p) => codingProviders.has(p.id))
    .flatMap((p) => p.models.filter((m) => !resold(p.id, m.id)).map((m) => slimModel(p.id, m)))
    .filter((m) => m !== null);
  return rateTableSchema.parse({ source, date, models });
}

/**
 * Bedrock's and Vertex's Claude rows lack the one-hour write and the history; Anthropic's own rows with the regional
 * factor say the same and more.
 */
function resold(provider: string, model: string): boolean {
  return (provider === 'aws' || provider === 'google') && model.includes('claude');
}

function slimModel(provider: string, model: UpstreamModel): ModelRates | null {
  const conditional = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices, constraint: null }];
  const rows = conditional.flatMap((c) => slimRow(model.id, c.prices, c.constraint ?? {}));
  if (rows.length === 0) return null;
  const names = spellings(model);
  return { provider, model: model.id, ...(names.length === 0 ? {} : { names }), rows };
}

/** A row for text in and out, or none: image, audio and embedding prices are not ours. */
function slimRow(model: string, prices: Prices, when: z.infer<typeof conditionSchema>): RateRow[] {
  const base = rates(model, prices, (p) => (typeof p === 'number' ? p : p.base));
  if (base === null) return [];
  const long = rates(model, prices, (p) => (typeof p === 'number' ? p : (p.tiers[0]?.price ?? p.base)));
  const above = Object.values(prices).flatMap((p) =>
    typeof p === 'object' ? p.tiers.map((t) => longFrom(t.start)) : [],
  )[0];
  return [
    {
      ...(when.start_date === undefined ? {} : { from: when.start_date }),
      ...(when.start_time === undefined || when.end_time === undefined
        ? {}
        : { hours: [{ from: when.start_time.slice(0, 5), to: when.end_time.slice(0, 5) }] }),
      rates: base,
      ...(above === undefined || long === null ? {} : { long: { above, rates: long } }),
      ...(prices.web_searches_kcount === undefined ? {} : { search: prices.web_searches_kcount / 1000 }),
    },
  ];
}

/**
 * OpenAI's pricing page lists standard rates "below 272K", its model pages long ones "above 272K"; upstream follows the
 * one for some models and the other for the rest. The model pages' reading holds here for all.
 */
function longFrom(start: number): number {
  return start === 271_999 ? 272_000 : start;
}

function rates(model: string, prices: Prices, pick: (price: Price) => number): Rates | null {
  const { input_mtok: input, output_mtok: output } = prices;
  if (input === undefined || output === undefined) return null;
  const optional = (key: 'read' | 'write5m' | 'write1h', price: Price | undefined): Partial<Rates> =>
    price === undefined ? {} : { [key]: pick(price) };
  // Anthropic documents the one-hour write at twice the input for every Claude; resellers' rows leave it out.
  const hour = prices.cache_write_1h_mtok;
  const claudeHour = hour === undefined && prices.cache_write_mtok !== undefined && model.includes('claude');
  return {
    input: pick(input),
    output: pick(output),
    ...optional('read', prices.cache_read_mtok),
    ...optional('write5m', prices.cache_write_mtok),
    ...(claudeHour ? { write1h: 2 * pick(input) } : optional('write1h', hour)),
  };
}

/** Whole words of a matching rule, without those that normalising finds anyway. */
function spellings(model: UpstreamModel): string[] {
  const own = model.id.toLowerCase();
  const words = matchWords(model.match, 0).map((w) => w.toLowerCase());
  return [...new Set(words)].filter((w) => /[a-z0-9]$/.test(w) && w.length > 2 && !candidates(w).names.includes(own));
}

function matchWords(rule: unknown, depth: number): string[] {
  if (typeof rule !== 'object' || rule === null || depth > 4) return [];
  return Object.entries(rule).flatMap(([kind, value]: [string, unknown]) => {
    if (kind === 'regex') return [];
    if (Array.isArray(value)) return value.flatMap((v) => matchWords(v, depth + 1));
    return typeof value === 'string' ? [value] : [];
  });
}
