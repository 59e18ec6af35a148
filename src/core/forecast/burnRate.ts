const minute = 60_000;

/** How far back the burn rate looks, in ms. */
export const burnWindow = 10 * minute;
/** After this long without a call (ms) nothing burns. */
export const quietAfter = 5 * minute;

/**
 * List value of the last 10 minutes × 6, USD per hour; null after 5 minutes without a call. `spent` is the USD of the
 * calls since `now - burnWindow`; `lastCallAt` and `now` are ms since the epoch.
 */
export function burnRate(spent: number, lastCallAt: number | null, now: number): number | null {
  if (lastCallAt === null || now - lastCallAt >= quietAfter) return null;
  return spent * (60 / 10);
}
