import { join } from 'node:path';
import * as z from 'zod';
import { createRateCard } from '../../src/core/pricing/rateCard.ts';
import type { RateCard } from '../../src/core/pricing/rateCard.ts';
import { readJson } from './expectations.ts';
import type { ModelRates, Rates } from '../../src/core/pricing/table.ts';

const listedShape = z.object({
  input: z.number(),
  output: z.number(),
  cacheWrite5m: z.number(),
  cacheWrite1h: z.number(),
  cacheRead: z.number(),
});
type ListedRates = z.infer<typeof listedShape>;
const fileShape = z.object({ asOf: z.string(), models: z.record(z.string(), listedShape) });

const file = join(import.meta.dirname, '../fixtures/rates.json');

/** The rates behind the real records' cost column, and their rules: cliffs of some models, one search $0.01. */
export function ratesCard(): RateCard {
  const { asOf, models } = fileShape.parse(readJson(file));
  return createRateCard({
    models: Object.entries(models).map(([model, listed]) => modelRates(model, listed)),
    modifiers: [],
    source: 'rates.json',
    sourceDate: asOf,
  });
}

function modelRates(model: string, listed: ListedRates): ModelRates {
  const rates = scaled(listed, 1, 1);
  const long =
    model === 'claude-haiku-5-5'
      ? { above: 100_000, rates: scaled(listed, 5, 5) }
      : model === 'gpt-5.5' || model === 'gpt-5.4'
        ? { above: 272_000, rates: scaled(listed, 2, 1.5) }
        : undefined;
  const row = { rates, search: 0.01, ...(long === undefined ? {} : { long }) };
  return { provider: vendorOf(model), model, rows: [row] };
}

function scaled(listed: ListedRates, prompt: number, output: number): Rates {
  return {
    input: listed.input * prompt,
    read: listed.cacheRead * prompt,
    write5m: listed.cacheWrite5m * prompt,
    write1h: listed.cacheWrite1h * prompt,
    output: listed.output * output,
  };
}

function vendorOf(model: string): string {
  if (model.startsWith('claude')) return 'anthropic';
  return model.startsWith('gpt') ? 'openai' : 'google';
}
