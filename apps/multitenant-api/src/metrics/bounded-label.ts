/**
 * Keeps the first `limit` names apart and calls every later one "other", so that tenants cannot grow the metrics without end.
 * "none", who came without a valid token, has a place of its own.
 */
export function boundedLabel(limit: number): (name: string) => string {
  const kept = new Set<string>();
  return (name) => {
    if (name === 'none' || kept.has(name)) return name;
    if (kept.size >= limit) return 'other';
    kept.add(name);
    return name;
  };
}
