/**
 * The value that the next of a kind stays below with chance `p`, from those seen so far, ascending. The k-th of n values
 * is passed with chance k/(n+1) whatever their distribution, so it is read off at p·(n+1); 0 of none.
 */
export function quantile(sorted: readonly number[], p: number): number {
  const last = sorted.length - 1;
  const place = Math.min(Math.max(p * (last + 2) - 1, 0), Math.max(last, 0));
  const below = sorted[Math.floor(place)] ?? 0;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}

export function ascending(values: readonly number[]): number[] {
  return values.toSorted((a, b) => a - b);
}

const enough = 9;
// z of the normal distribution at nine in ten.
const z90 = 1.2816;
/** Standard normal values at 1/10 … 9/10. */
const places = [-1.2816, -0.8416, -0.5244, -0.2533, 0, 0.2533, 0.5244, 0.8416, 1.2816];

/** How many of one's own values a reference's middle weighs as much as: people differ less than one's own tasks do. */
const worth = 2;

/**
 * Ascending values to take quantiles of: one's own, and as long as they are fewer than nine, a reference's beside them,
 * which moves with each of one's own towards their middle. Values below `least` count as that there.
 */
export function withReference(
  own: readonly number[],
  reference: { readonly median: number; readonly p90: number; readonly least: number },
): number[] {
  const { median, p90, least } = reference;
  const missing = Math.max(0, enough - own.length);
  if (median <= 0) return ascending([...own, ...Array.from({ length: missing }, () => 0)]);
  const off = own.reduce((sum, value) => sum + Math.log(Math.max(value, least) / median), 0);
  const middle = median * Math.exp(off / (worth + own.length));
  const spread = Math.log(p90 / median) / z90;
  const step = places.length / Math.max(1, missing);
  const filled = Array.from({ length: missing }, (_, i) => {
    const place = places[Math.floor((i + 0.5) * step)] ?? 0;
    return middle * Math.exp(spread * place);
  });
  return ascending([...own, ...filled]);
}
