/** 64 bits as two unsigned halves: numbers of JavaScript hold no 64-bit integer, and BigInt is ten times slower here. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

type Labels = Readonly<Record<string, string>>;

const encoder = new TextEncoder();
const separator = 0xff;

/** High and low half of the sum so far, as plain integers: this runs for every letter that comes in. */
const sum = new Int32Array(2);

function begin(): void {
  sum[0] = 0xcb_f2_9c_e4;
  sum[1] = 0x84_22_23_25;
}

function result(): Hash64 {
  return { high: (sum[0] ?? 0) >>> 0, low: (sum[1] ?? 0) >>> 0 };
}

/**
 * FNV-1a 64 over the text's bytes and a separator: each byte is xored in, then the sum is multiplied by 2^40 + 435, in pieces of
 * 16 bits so that nothing leaves the range of integers.
 */
function addText(text: string): void {
  let high = sum[0] ?? 0;
  let low = sum[1] ?? 0;
  const { length } = text;
  for (let n = 0; n <= length; n += 1) {
    const code = n < length ? text.charCodeAt(n) : separator;
    if (n < length && code > 127) {
      sum[0] = high;
      sum[1] = low;
      addBytes(encoder.encode(text.slice(n)));
      return;
    }
    low ^= code;
    const lower = (low & 0xffff) * 435;
    const upper = (low >>> 16) * 435 + (lower >>> 16);
    high = (Math.imul(high, 435) + (upper >>> 16) + (low << 8)) | 0;
    low = (upper << 16) | (lower & 0xffff);
  }
  sum[0] = high;
  sum[1] = low;
}

/** The same for bytes beyond ASCII, a separator behind them. */
function addBytes(bytes: Uint8Array): void {
  let high = sum[0] ?? 0;
  let low = sum[1] ?? 0;
  for (let n = 0; n <= bytes.length; n += 1) {
    low ^= bytes[n] ?? separator;
    const lower = (low & 0xffff) * 435;
    const upper = (low >>> 16) * 435 + (lower >>> 16);
    high = (Math.imul(high, 435) + (upper >>> 16) + (low << 8)) | 0;
    low = (upper << 16) | (lower & 0xffff);
  }
  sum[0] = high;
  sum[1] = low;
}

/** Names in the order of their bytes. What senders made from a sorted map is not sorted again. */
function sortedNames(labels: Labels): readonly string[] {
  const names = Object.keys(labels);
  for (let n = 1; n < names.length; n += 1)
    if ((names[n - 1] ?? '') > (names[n] ?? '')) return names.toSorted((a, b) => (a < b ? -1 : 1));
  return names;
}

/** Fingerprint of a label set as Prometheus and Alertmanager compute it: FNV-1a 64 over sorted names and values. */
export function fingerprintOf(labels: Labels): Hash64 {
  begin();
  for (const name of sortedNames(labels)) {
    addText(name);
    addText(labels[name] ?? '');
  }
  return result();
}

/** Fingerprint of a sender's own key; `source` keeps keys of several senders apart. */
export function fingerprintOfKey(source: string, key: string): Hash64 {
  begin();
  addText(source);
  addText(key);
  return result();
}

const prime32 = 16_777_619;

/** FNV-1a 32 over code units: only compared with what this function made. */
function mix(from: number, text: string): number {
  let hash = from;
  for (let n = 0; n < text.length; n += 1) hash = Math.imul(hash ^ text.charCodeAt(n), prime32);
  return Math.imul(hash ^ separator, prime32);
}

/** 32 bits over everything of an alert but its labels and end: another value means that something is to be stored. */
export function contentOf(annotations: Labels, startsAt: number, generatorUrl: string): number {
  let hash = mix(Math.trunc(startsAt % 4_294_967_296) | 0, generatorUrl);
  for (const name in annotations) hash = mix(mix(hash, name), annotations[name] ?? '');
  return hash;
}

/** 16 hexadecimal digits, as Alertmanager writes a fingerprint. */
export function hexOf({ high, low }: Hash64): string {
  return high.toString(16).padStart(8, '0') + low.toString(16).padStart(8, '0');
}

/** Reads what `hexOf` wrote. */
export function hashOfHex(hex: string): Hash64 {
  return { high: Number.parseInt(hex.slice(0, 8), 16), low: Number.parseInt(hex.slice(8), 16) };
}
