// When to start a process again that keeps dying: at once it must not spin, and after a good minute all is forgiven.

/** All times in milliseconds. */
const firstDelay = 500;
const longestDelay = 30_000;
/** A process that lived this long was well; its end starts the count anew. */
export const quietSpell = 60_000;
/** So many quick deaths in a row are worth a word to the user. */
const troubleAfter = 5;

export interface Backoff {
  /** Quick deaths in a row. */
  readonly deaths: number;
  /** How long to wait before the next start. */
  readonly delay: number;
  /** True exactly once in a row of quick deaths. */
  readonly tell: boolean;
}

/** The next step after a process died that had lived `lived` milliseconds, `deaths` quick deaths before it. */
export function afterDeath(deaths: number, lived: number): Backoff {
  const count = lived >= quietSpell ? 1 : deaths + 1;
  return {
    deaths: count,
    delay: Math.min(firstDelay * 2 ** (count - 1), longestDelay),
    tell: count === troubleAfter,
  };
}
