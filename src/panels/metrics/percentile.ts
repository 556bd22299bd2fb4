/** The `p`th percentile of sorted values, as `metrics.percentile` has it: at rank (n - 1) p / 100, between two neighbours in proportion. */
export function percentile(sorted: ArrayLike<number>, p: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const rank = ((sorted.length - 1) * p) / 100;
  const below = sorted[Math.floor(rank)] as number;
  const above = sorted[Math.ceil(rank)] as number;
  return below + (above - below) * (rank - Math.floor(rank));
}
