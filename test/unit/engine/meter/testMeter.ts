import { defaultRateCard } from '../../../../src/core/pricing/defaultCard.ts';
import { defaultSettings } from '../../../../src/core/settings.ts';
import type { Settings } from '../../../../src/core/settings.ts';
import { createMeter } from '../../../../src/engine/meter.ts';
import type { Meter } from '../../../../src/engine/meter.ts';
import { createForeteller } from '../../../../src/engine/preflight/foretell.ts';
import type { Foreteller } from '../../../../src/engine/preflight/foretell.ts';
import type { TestLedger } from '../query/testLedger.ts';

const rates = defaultRateCard({ overrides: {}, aliases: {} });

export const card = (): typeof rates => rates;

export interface Wishes {
  readonly timeZone?: string;
  readonly settings?: Partial<Settings>;
  readonly folders?: readonly string[];
  readonly clock?: () => number;
  readonly foreteller?: Foreteller;
}

/** A window's meter on a ledger, at rest in UTC unless it is wished otherwise. */
export function meterOf({ db }: TestLedger, wishes: Wishes = {}): Meter {
  const { clock = () => 0, foreteller = createForeteller({ db, card, clock }) } = wishes;
  const settings = { ...defaultSettings, ...wishes.settings };
  return createMeter({
    db,
    timeZone: wishes.timeZone ?? 'UTC',
    host: '',
    settings: () => settings,
    folders: () => wishes.folders ?? [],
    preflight: () => ({ agents: [], snoozedUntil: 0 }),
    scan: () => ({ state: 'idle', filesDone: 0, filesTotal: 0, bytesDone: 0, bytesTotal: 0 }),
    card,
    foreteller,
    clock,
  });
}
