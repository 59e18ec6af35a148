import type { Settings } from '../settings.ts';
import listed from './listed.generated.json' with { type: 'json' };
import overlay from './overlay.json' with { type: 'json' };
import { createRateCard } from './rateCard.ts';
import type { RateCard } from './rateCard.ts';
import { overlaySchema } from './table.ts';
import type { ModelRates, Overlay, RateRow, RateTable } from './table.ts';

export interface CardOptions {
  readonly overrides: Settings['priceOverrides'];
  readonly aliases: Settings['modelAliases'];
  /** A fetched table that has passed its schema; it takes the place of the compiled one, model by model. */
  readonly refreshed?: RateTable | null;
}

/** The product's rate card: the user's prices, then the overlay, then a fetched table, then the compiled one. */
export function defaultRateCard(options: CardOptions): RateCard {
  const own = overlaySchema.parse(overlay);
  const refreshed = options.refreshed ?? null;
  const compiled: RateTable = listed;
  const models = [
    ...own.models.map((m) => withNewer(m, own, refreshed)),
    ...(refreshed === null ? [] : named(refreshed)),
    ...named(compiled),
  ];
  return createRateCard({
    models,
    modifiers: own.modifiers,
    source: compiled.source,
    sourceDate: compiled.date,
    overrides: options.overrides,
    aliases: options.aliases,
  });
}

/** Rows that name their table, so that a price says where it is from whichever table it came in. */
function named(table: RateTable): ModelRates[] {
  return table.models.map((m) => ({
    ...m,
    rows: m.rows.map((r) => ({ ...r, source: table.source, date: table.date })),
  }));
}

/** The overlay wins over a fetched table, but not over news: a fetched price that starts after the overlay was written. */
function withNewer(model: ModelRates, own: Overlay, refreshed: RateTable | null): ModelRates {
  const fetched = refreshed?.models.find((m) => m.provider === model.provider && m.model === model.model);
  if (refreshed === null || fetched === undefined) return model;
  const newer: RateRow[] = fetched.rows
    .filter((r) => r.from !== undefined && r.from > own.date)
    .map((r) => ({ ...r, source: refreshed.source, date: refreshed.date }));
  return { ...model, rows: [...model.rows, ...newer] };
}
