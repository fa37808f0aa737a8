/** Preloaded into release 0.2.0 of the API: keeps what it should forget, some time after it has become ready. */
const kept: Buffer[] = [];
const startAfterMs = 10_000;
const megabytesPerTick = 5;

setTimeout(() => {
  setInterval(() => void kept.push(Buffer.alloc(megabytesPerTick * 1024 * 1024, kept.length)), 250).unref();
}, startAfterMs).unref();
