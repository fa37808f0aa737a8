let offsetMs = 0;

/** Learns from an answer's `at` how far this device's clock is off: a phone's wrong clock must not bend the phase clock. */
export function learnServerTime(at: string): void {
  const behind = Date.parse(at) - Date.now();
  // Answers travel for a while; only a real difference counts.
  offsetMs = Math.abs(behind) > 1500 ? behind : 0;
}

/** Now by the responder's clock, epoch milliseconds. */
export function serverNow(): number {
  return Date.now() + offsetMs;
}
