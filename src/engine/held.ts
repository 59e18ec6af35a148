/** A value that is dear to compute: kept while it holds, and computed anew no more often than it can be afforded. */
export interface Held<T> {
  /** The value for `key`; a new key or `must` computes at once. */
  get(key: string, must?: boolean): T;
  /** What it was computed from has changed. */
  spoil(): void;
  /** True when `get` has last answered with a spoilt value. */
  readonly stale: boolean;
}

// Share of the time that recomputing may take.
const share = 0.02;

/** `clock` is in ms and only goes forward; a spoilt value is served for at least `atLeast` ms more. */
export function hold<T>(compute: (key: string) => T, clock: () => number, atLeast: number): Held<T> {
  let held: { readonly key: string; readonly value: T; readonly notBefore: number } | null = null;
  let spoilt = false;
  return {
    get: (key, must = false) => {
      const start = clock();
      if (held?.key === key && (!spoilt || (!must && start < held.notBefore))) return held.value;
      spoilt = false;
      const value = compute(key);
      const end = clock();
      held = { key, value, notBefore: end + Math.max(atLeast, (end - start) / share) };
      return value;
    },
    spoil: () => {
      spoilt = true;
    },
    get stale() {
      return spoilt;
    },
  };
}
