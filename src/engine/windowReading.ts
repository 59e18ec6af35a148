import type { DatabaseSync } from 'node:sqlite';
import type { RateCard } from '../core/pricing/rateCard.ts';
import type { Scan } from '../core/snapshot.ts';
import { sources } from '../core/sources/index.ts';
import type { HostFacts } from '../core/sources/source.ts';
import { startIngest } from './ingest/ingest.ts';
import type { Ingest } from './ingest/ingest.ts';
import type { Change } from './ledger/changes.ts';
import type { ServiceOptions } from './serviceOptions.ts';

export interface ReadingParts {
  readonly db: DatabaseSync;
  readonly path: string;
  readonly card: () => RateCard;
  /** Homes to read beside this machine's own. */
  readonly extraHomes: () => readonly string[];
  readonly onChange: (change: Change) => void;
  readonly onScan: (scan: Scan) => void;
}

/** Ingest of one window, which can begin anew. */
export interface WindowReading {
  ingest(): Ingest;
  restart(): void;
}

/** Ingest with the homes that the settings name now. */
export function createReading(options: ServiceOptions, parts: ReadingParts): WindowReading {
  const begin = (): Ingest =>
    startIngest({
      db: parts.db,
      ledgerPath: parts.path,
      sources,
      now: options.now,
      onChange: parts.onChange,
      homes: [options.host, ...parts.extraHomes().map((home) => otherHome(options.host, home))],
      card: parts.card,
      onScan: parts.onScan,
      log: (level, message) => options.send({ type: 'log', level, message }),
      onDamage: options.onDamage,
    });
  let ingest = begin();
  return {
    ingest: () => ingest,
    restart: () => {
      ingest.dispose();
      ingest = begin();
    },
  };
}

/** A home that is not this process's own: our environment says nothing of it. */
function otherHome({ platform }: HostFacts, home: string): HostFacts {
  return { platform, home, env: {} };
}
