/** What the relay's texts name; absolute paths. */
export interface RelayPlaces {
  /** A program that runs JavaScript when `ELECTRON_RUN_AS_NODE` is set. */
  readonly node: string;
  /** The command line tool, for `guard`. */
  readonly cli: string;
}

/** Milliseconds in which a window takes the connection. */
export const connectMs = 300;
/** Seconds of silence after which a window is taken to hang; one that waits for its user says so every second. */
export const silentSeconds = 8;
/** Seconds the guard may take. */
export const guardSeconds = 5;
/** Heads each of the relay's files. */
export const relayNote =
  'Burn Meter: before an agent spends, its hook asks here. Written by the extension; changes are lost.';
