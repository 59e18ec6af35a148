import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { defaultRateCard } from '../../core/pricing/defaultCard.ts';
import type { RateCard } from '../../core/pricing/rateCard.ts';
import { loadPrices } from '../priceRefresh.ts';
import { readPricedBy } from '../prices.ts';

/**
 * The rates of a ledger: the editors' engine leaves the user's own prices in it and fetched ones beside it; one at another
 * place may have neither. The notice is a sentence for the user, or null.
 */
export async function cliRateCard(
  db: DatabaseSync,
  ledger: string,
): Promise<{ readonly card: RateCard; readonly notice: string | null }> {
  const { priceOverrides, modelAliases } = readPricedBy(db);
  const { prices, notice } = await loadPrices(dirname(ledger));
  const refreshed = prices?.table ?? null;
  return { card: defaultRateCard({ overrides: priceOverrides, aliases: modelAliases, refreshed }), notice };
}
