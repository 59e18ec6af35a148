import type { FromEngine } from '../core/protocol.ts';
import type { HostFacts } from '../core/sources/source.ts';

/** What the engine's process gives the service; tests give it their own. */
export interface ServiceOptions {
  readonly send: (message: FromEngine) => void;
  readonly host: HostFacts;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Milliseconds, only going forward. */
  readonly clock: () => number;
  readonly fetch: typeof globalThis.fetch;
  /** This process's own module; it runs again as the thread that answers queries. */
  readonly entry: URL;
  /** The ledger was found damaged: a new process sets it aside. */
  readonly onDamage: () => void;
}
