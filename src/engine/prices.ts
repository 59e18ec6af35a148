import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { contentId } from '../core/pricing/contentId.ts';
import { defaultRateCard } from '../core/pricing/defaultCard.ts';
import type { RateCard } from '../core/pricing/rateCard.ts';
import { parseJson } from '../core/sources/json.ts';
import { priceOverrideSchema } from '../core/settings.ts';
import type { Settings } from '../core/settings.ts';
import type { Change } from './ledger/changes.ts';
import { reprice } from './ledger/reprice.ts';
import { isRefreshDue, loadPrices, refreshPrices } from './priceRefresh.ts';
import type { StoredPrices } from './priceRefresh.ts';

type Own = Pick<Settings, 'priceOverrides' | 'modelAliases'>;

// The ledger remembers by which of the user's own prices, and by which table, its calls are priced: what changed while
// no engine ran is found at the next start, and the CLI prices as the editors do.
const pricedBySchema = z.object({
  priceOverrides: z.record(z.string(), priceOverrideSchema).catch({}),
  modelAliases: z.record(z.string(), z.string()).catch({}),
  table: z.string().catch(''),
});
type PricedBy = z.infer<typeof pricedBySchema>;

/** What the ledger's calls are priced by; nothing of the user's own in a new one. */
export function readPricedBy(db: DatabaseSync): PricedBy {
  const value = db.prepare("SELECT value FROM meta WHERE key = 'pricedBy'").get()?.['value'];
  const parsed = pricedBySchema.safeParse(typeof value === 'string' ? parseJson(value) : {});
  return parsed.success ? parsed.data : pricedBySchema.parse({});
}

export interface PricesOptions {
  /** The write connection. */
  readonly db: DatabaseSync;
  /** The data folder, where a fetched table is kept. */
  readonly folder: string;
  readonly settings: () => Settings;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** Recorded calls were priced anew. */
  readonly onChange: (change: Change) => void;
  readonly notice: (level: 'info' | 'warning', message: string) => void;
}

export interface Prices {
  card(): RateCard;
  /** When the fetched table was fetched, ms since the epoch; null without one. */
  refreshedAt(): number | null;
  /** Prices the ledger by the settings and tables of now. Later calls wait for earlier ones. */
  update(): Promise<void>;
}

export async function createPrices(options: PricesOptions): Promise<Prices> {
  const { db, folder, settings, now } = options;
  const loaded = await loadPrices(folder);
  if (loaded.notice !== null) options.notice('warning', loaded.notice);
  let stored: StoredPrices | null = loaded.prices;
  let card = cardOf(settings(), stored);
  let turn: Promise<void> = Promise.resolve();

  const refresh = async (): Promise<void> => {
    if (!settings().refreshPrices || !isRefreshDue(stored, now())) return;
    const fetched = await refreshPrices({ folder, now: now(), fetch: options.fetch });
    if (fetched.ok) stored = fetched.prices;
    else options.notice('info', fetched.notice);
  };
  const update = async (): Promise<void> => {
    await refresh();
    card = cardOf(settings(), stored);
    const change = await priceAgain(db, settings(), stored, card);
    if (change !== null && change.calls > 0) options.onChange(change);
  };
  return {
    card: () => card,
    refreshedAt: () => stored?.fetchedAt ?? null,
    update: () => {
      turn = turn.then(update, update);
      return turn;
    },
  };
}

function cardOf(own: Own, stored: StoredPrices | null): RateCard {
  return defaultRateCard({
    overrides: own.priceOverrides,
    aliases: own.modelAliases,
    refreshed: stored?.table ?? null,
  });
}

async function priceAgain(
  db: DatabaseSync,
  { priceOverrides, modelAliases }: Own,
  stored: StoredPrices | null,
  card: RateCard,
): Promise<Change | null> {
  const before = readPricedBy(db);
  const table = contentId(JSON.stringify([card.data.models, card.data.modifiers]));
  const ownChanged = !same([before.priceOverrides, before.modelAliases], [priceOverrides, modelAliases]);
  if (!ownChanged && before.table === table) return null;
  // A newer table alone prices only what had no price: history stays as it was charged.
  const change = await reprice(db, ownChanged ? cardOf(before, stored) : card, card);
  const pricedBy: PricedBy = { priceOverrides, modelAliases, table };
  db.prepare("INSERT OR REPLACE INTO meta (key, value) VALUES ('pricedBy', ?)").run(JSON.stringify(pricedBy));
  return change;
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
