import { candidates, normaliseProvider } from './normalise.ts';
import type { Override, Overrides } from './overrides.ts';
import type { ModelRates } from './table.ts';

/** What a recorded provider and model turned out to be. */
export interface Match {
  readonly listed: ModelRates | null;
  readonly override: Override | null;
  /** Whose list the price is from. */
  readonly provider: string;
  /** Who sends the bill: a cloud that resells the model, else its vendor. */
  readonly biller: string;
  readonly model: string;
  /** On Bedrock: whether the inference profile is the global one, without a regional premium. */
  readonly global: boolean;
}

export interface MatchData {
  readonly models: readonly ModelRates[];
  readonly overrides?: Overrides;
  readonly aliases?: Readonly<Record<string, string>>;
}

/** Asked in this order when the biller's own list lacks the model: gateways and clouds pass the vendor's price on. */
const vendors = ['anthropic', 'openai', 'google', 'deepseek', 'x-ai', 'moonshotai', 'zai', 'zhipuai', 'mistral'];

/** Clouds that bill other vendors' models themselves. */
const clouds = new Set(['aws', 'google', 'azure', 'github-copilot']);

/** Most distinct ids remembered: they come from records, and a hostile file must not fill the memory. */
const rememberedIds = 10_000;

/** Finds models by exact id after normalising; null when neither the table nor the user knows the model. */
export function createMatcher(data: MatchData): (provider: string, model: string) => Match | null {
  const index = indexNames(data.models);
  const overrides = new Map(Object.entries(data.overrides ?? {}).map(([id, o]) => [id.toLowerCase(), o]));
  const aliases = new Map(Object.entries(data.aliases ?? {}));
  const seen = new Map<string, Match | null>();

  function find(recordedProvider: string, recorded: string): Match | null {
    const provider = normaliseProvider(recordedProvider);
    const { names, global } = candidates(aliases.get(recorded) ?? recorded);
    const own = names.find((n) => overrides.has(n));
    const listed = firstListed(index, provider, names);
    if (own === undefined && listed === null) return null;
    const vendor = listed?.provider ?? provider;
    return {
      listed,
      override: own === undefined ? null : (overrides.get(own) ?? null),
      provider: vendor,
      biller: clouds.has(provider) ? provider : vendor,
      model: listed?.model ?? own ?? recorded,
      global,
    };
  }

  return (provider, model) => {
    const key = `${provider}\n${model}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    const found = find(provider, model);
    if (seen.size < rememberedIds) seen.set(key, found);
    return found;
  };
}

/** `provider\nname` → model. A model's own id goes before another's alternative spelling, an earlier model before a later. */
function indexNames(models: readonly ModelRates[]): ReadonlyMap<string, ModelRates> {
  const index = new Map<string, ModelRates>();
  const add = (name: string, m: ModelRates): void => {
    const key = `${m.provider}\n${name.toLowerCase()}`;
    if (!index.has(key)) index.set(key, m);
  };
  for (const m of models) add(m.model, m);
  for (const m of models) for (const name of m.names ?? []) add(name, m);
  return index;
}

function firstListed(
  index: ReadonlyMap<string, ModelRates>,
  biller: string,
  names: readonly string[],
): ModelRates | null {
  for (const provider of [biller, ...vendors]) {
    for (const name of names) {
      const found = index.get(`${provider}\n${name}`);
      if (found !== undefined) return found;
    }
  }
  return null;
}
