import type { Settings } from '../settings.ts';
import type { FullRates, RateRow, Rates } from './table.ts';

export type Overrides = Settings['priceOverrides'];
export type Override = Overrides[string];

/** Vendors' usual ratios to the input rate, for a model that the table does not know. */
const usual: FullRates = { input: 1, output: 5, read: 0.1, write5m: 1.25, write1h: 2 };

/**
 * The row a user's own price makes. What the user left out follows from the input rate as in the listed row it takes
 * the place of, long-context rates included: who pays 20 % less pays it there too.
 */
export function overrideRow(override: Override, listed: RateRow | null): RateRow {
  const base = listed === null ? usual : complete(listed.rates);
  const rates: FullRates = {
    input: override.input,
    output: override.output,
    read: override.cacheRead ?? derived(override.input, base.read, base.input),
    write5m: override.cacheWrite5m ?? derived(override.input, base.write5m, base.input),
    write1h: override.cacheWrite1h ?? derived(override.input, base.write1h, base.input),
  };
  return {
    ...(override.from === undefined ? {} : { from: override.from }),
    rates,
    ...(listed?.long === undefined
      ? {}
      : { long: { above: listed.long.above, rates: scaled(rates, base, listed.long.rates) } }),
    ...(listed?.search === undefined ? {} : { search: listed.search }),
    source: 'your settings',
  };
}

/** Fills in what a row leaves out: reads and writes without a price of their own bill as input. */
export function complete(rates: Rates): FullRates {
  const write5m = rates.write5m ?? rates.input;
  return {
    input: rates.input,
    output: rates.output,
    read: rates.read ?? rates.input,
    write5m,
    write1h: rates.write1h ?? write5m,
  };
}

function scaled(own: FullRates, base: FullRates, long: Rates): Rates {
  const full = complete(long);
  return {
    input: derived(own.input, full.input, base.input),
    output: derived(own.output, full.output, base.output),
    read: derived(own.read, full.read, base.read),
    write5m: derived(own.write5m, full.write5m, base.write5m),
    write1h: derived(own.write1h, full.write1h, base.write1h),
  };
}

function derived(own: number, part: number, whole: number): number {
  return whole === 0 ? own : (own * part) / whole;
}
