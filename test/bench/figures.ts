/** The p-th percentile (0–100) by nearest rank; NaN of nothing. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((p / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** `p50 41 · p95 88 · p99 97 · max 103 ms` */
export function spread(values: readonly number[]): string {
  const at = (p: number): string => percentile(values, p).toFixed(0);
  return `p50 ${at(50)} · p95 ${at(95)} · p99 ${at(99)} · max ${at(100)} ms (${values.length} calls)`;
}
