const factors: Readonly<Record<string, number>> = {
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  m: 1e-3,
};

/** Bytes of a Kubernetes memory quantity such as `160Mi`; null for anything else. */
export function memoryBytes(quantity: string | number | undefined): number | null {
  const match = /^(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity ?? ''));
  if (match === null) return null;
  const factor = factors[match[2] ?? ''];
  return factor === undefined ? null : Math.round(Number(match[1]) * factor);
}
