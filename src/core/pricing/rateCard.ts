import type { PriceRow } from '../query.ts';
import type { AppliedRate } from './charge.ts';
import { contentId } from './contentId.ts';
import { createMatcher } from './match.ts';
import type { Match, MatchData } from './match.ts';
import { modifiersFor, withinHours } from './modifiers.ts';
import type { RateQuery } from './modifiers.ts';
import { complete, overrideRow } from './overrides.ts';
import type { Override } from './overrides.ts';
import type { FullRates, Modifier, RateRow } from './table.ts';

export interface RateCardData extends MatchData {
  readonly modifiers: readonly Modifier[];
  /** Where rows that do not say were read, and when (ISO date). */
  readonly source: string;
  readonly sourceDate: string;
}

export interface RateCard {
  /** The rate of a request at its own instant; null when nobody has published it: unpriced, which is not $0. */
  readonly rate: (query: RateQuery) => AppliedRate | null;
  readonly data: RateCardData;
}

/** Anthropic's and OpenAI's fee for one web search in USD, where a row does not say. */
const usualSearchFee = 0.01;

/** Builds a card from tables, modifiers and the user's own prices. */
export function createRateCard(data: RateCardData): RateCard {
  const match = createMatcher(data);
  const made = new WeakMap<object, Map<string, AppliedRate>>();

  // Millions of calls share a few dozen rates: each is made once and is one object.
  function once(chosen: Chosen, key: string, make: () => AppliedRate): AppliedRate {
    const anchor = chosen.own ?? chosen.listed;
    let rates = made.get(anchor);
    if (rates === undefined) made.set(anchor, (rates = new Map()));
    let rate = rates.get(key);
    if (rate === undefined) rates.set(key, (rate = make()));
    return rate;
  }

  return {
    data,
    rate(query) {
      const found = match(query.provider, query.model);
      const chosen = found === null ? null : chooseRow(found, query.at);
      if (found === null || chosen === null) return null;
      const region = billedRegion(found, query.region);
      const modifiers = modifiersFor(data.modifiers, query, { provider: found.biller, model: found.model, region });
      // A user's own price stands even where no factor for the mode is published.
      if (modifiers === null && chosen.own === null) return null;
      const factors = modifiers ?? [];
      const row = chosen.own === null ? chosen.listed : overrideRow(chosen.own, chosen.listed);
      const long = row.long !== undefined && query.prompt > row.long.above;
      const modes = factors.map((m) => data.modifiers.indexOf(m));
      const key = `${found.provider}/${found.model}@${chosen.index}${long ? '>' : ''}*${modes.join('*')}`;
      return once(chosen, key, () => appliedRate(data, found, row, long, factors));
    },
  };
}

/** The row in force: the user's own from its day on, else the last listed one that holds at the instant. */
type Chosen = { readonly index: number } & (
  { readonly own: null; readonly listed: RateRow } | { readonly own: Override; readonly listed: RateRow | null }
);

function chooseRow({ listed, override }: Match, at: number): Chosen | null {
  const index = listed?.rows.findLastIndex((r) => holds(r, at)) ?? -1;
  const row = listed?.rows[index] ?? null;
  const dueFrom = override?.from === undefined ? -Infinity : Date.parse(override.from);
  if (override !== null && at >= dueFrom) return { own: override, listed: row, index };
  return row === null ? null : { own: null, listed: row, index };
}

function holds(row: RateRow, at: number): boolean {
  return (
    (row.from === undefined || at >= Date.parse(row.from)) && (row.hours === undefined || withinHours(row.hours, at))
  );
}

/** Bedrock bills every profile but the global one as regional; elsewhere a call is pinned only when its record says so. */
function billedRegion(found: Match, region: string | null): string | null {
  if (found.biller === 'aws') return found.global ? null : 'regional';
  const lower = region?.toLowerCase() ?? '';
  return ['', 'global', 'not_available', 'default'].includes(lower) ? null : lower;
}

/** The cliff: a prompt above the threshold moves the whole request, output included, to the long rates. */
function appliedRate(
  data: RateCardData,
  found: Match,
  row: RateRow,
  isLong: boolean,
  modifiers: readonly Modifier[],
): AppliedRate {
  const long = isLong ? (row.long ?? null) : null;
  const content = {
    provider: found.provider,
    model: found.model,
    perToken: picoPerToken(complete(long?.rates ?? row.rates)),
    perSearch: Math.round((row.search ?? usualSearchFee) * 1e12),
    factors: modifiers.map(({ name, num, den }) => ({ name, num, den })),
    longContextAbove: long?.above ?? null,
    from: row.from ?? null,
    source: row.source ?? data.source,
    sourceDate: row.date ?? data.sourceDate,
  };
  const mode = [
    row.from === undefined ? '' : `@${row.from}`,
    long === null ? '' : `>${long.above}`,
    ...modifiers.map((m) => `*${m.name.replaceAll(' ', '-')}`),
  ].join('');
  return { id: `${found.provider}/${found.model}${mode}#${contentId(JSON.stringify(content))}`, ...content };
}

/** USD per million tokens → pico-dollars per token. A user's price finer than that is rounded here, once. */
function pico(usdPerMillion: number): number {
  return Math.round(usdPerMillion * 1e6);
}

function picoPerToken(r: FullRates): AppliedRate['perToken'] {
  return {
    input: pico(r.input),
    cacheRead: pico(r.read),
    cacheWrite5m: pico(r.write5m),
    cacheWrite1h: pico(r.write1h),
    output: pico(r.output),
  };
}

/** Every price the card knows, for people: long-context rates as rows of their own, the user's prices first. */
export function priceRows(card: RateCard): PriceRow[] {
  const { models, overrides = {}, source, sourceDate } = card.data;
  const own = Object.entries(overrides).map(([model, o]) => ({ provider: '', model, rows: [overrideRow(o, null)] }));
  return [...own, ...shownModels(models)].flatMap(({ provider, model, rows }) =>
    rows.flatMap((row) =>
      [null, ...(row.long === undefined ? [] : [row.long])].map((long) => {
        const { input, output, read, write5m, write1h } = long?.rates ?? row.rates;
        return {
          provider,
          model,
          from: row.from ?? null,
          longContextAbove: long?.above ?? null,
          input,
          output,
          cacheRead: read ?? null,
          cacheWrite5m: write5m ?? null,
          cacheWrite1h: write1h ?? null,
          source: row.source ?? source,
          sourceDate: row.date ?? sourceDate,
        };
      }),
    ),
  );
}

/** Without the models that an earlier table overrules. */
function shownModels(models: RateCardData['models']): RateCardData['models'] {
  const shown = new Map<string, RateCardData['models'][number]>();
  for (const m of models) {
    const key = `${m.provider}\n${m.model.toLowerCase()}`;
    if (!shown.has(key)) shown.set(key, m);
  }
  return [...shown.values()];
}
