import type { Settings } from './settings.ts';
import type { Snapshot } from './snapshot.ts';
import type { Translate } from './translate.ts';

/**
 * The question whether prices may be fetched, null when it is not to be asked: it is asked once, when a model of this
 * month has no price and all records are read.
 */
export function refreshOffer(
  { month, scan }: Snapshot,
  { refreshPrices }: Settings,
  asked: boolean,
  t: Translate,
): string | null {
  const [model, ...others] = month.unpriced.models;
  if (asked || refreshPrices || scan.state !== 'idle' || model === undefined) return null;
  const names = others.length === 0 ? model : t('{0} and {1} more', model, String(others.length));
  return t(
    'No price is known for {0}. May Burn Meter fetch the public price list once a day? Nothing of yours is sent.',
    names,
  );
}
