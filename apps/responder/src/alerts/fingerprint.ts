/** 64 bits as two unsigned halves: numbers of JavaScript hold no 64-bit integer, and BigInt is ten times slower here. */
export interface Hash64 {
  readonly high: number;
  readonly low: number;
}

const encoder = new TextEncoder();
const separator = 0xff;
const basisHigh = 0xcb_f2_9c_e4;
const basisLow = 0x84_22_23_25;

let high = 0;
let low = 0;

/** One byte of FNV-1a 64: xor, then times 2^40 + 435. */
function addByte(byte: number): void {
  low = (low ^ byte) >>> 0;
  const product = low * 435;
  const carry = Math.floor(product / 4_294_967_296);
  high = (Math.imul(high, 435) + carry + (low << 8)) >>> 0;
  low = product >>> 0;
}

function addText(text: string): void {
  for (let n = 0; n < text.length; n += 1) {
    const code = text.charCodeAt(n);
    if (code > 127) {
      for (const byte of encoder.encode(text.slice(n))) addByte(byte);
      return;
    }
    addByte(code);
  }
}

/** Names in the order of their bytes. What senders made from a sorted map is not sorted again. */
function sortedNames(labels: Readonly<Record<string, string>>): readonly string[] {
  const names = Object.keys(labels);
  for (let n = 1; n < names.length; n += 1)
    if ((names[n - 1] ?? '') > (names[n] ?? '')) return names.toSorted((a, b) => (a < b ? -1 : 1));
  return names;
}

/** Fingerprint of a label set as Prometheus and Alertmanager compute it: FNV-1a 64 over sorted names and values. */
export function fingerprintOf(labels: Readonly<Record<string, string>>): Hash64 {
  high = basisHigh;
  low = basisLow;
  for (const name of sortedNames(labels)) {
    addText(name);
    addByte(separator);
    addText(labels[name] ?? '');
    addByte(separator);
  }
  return { high, low };
}

/** Fingerprint of a sender's own key; `source` keeps keys of several senders apart. */
export function fingerprintOfKey(source: string, key: string): Hash64 {
  high = basisHigh;
  low = basisLow;
  addText(source);
  addByte(separator);
  addText(key);
  return { high, low };
}

/** 32 bits over everything of an alert but its end: another value means that something is to be stored. */
export function contentOf(
  annotations: Readonly<Record<string, string>>,
  startsAt: number,
  generatorUrl: string,
): number {
  high = basisHigh;
  low = basisLow;
  for (const name in annotations) {
    addText(name);
    addByte(separator);
    addText(annotations[name] ?? '');
    addByte(separator);
  }
  addText(generatorUrl);
  return (high ^ low ^ Math.floor(startsAt)) | 0;
}

/** 16 hexadecimal digits, as Alertmanager writes a fingerprint. */
export function hexOf({ high: upper, low: lower }: Hash64): string {
  return upper.toString(16).padStart(8, '0') + lower.toString(16).padStart(8, '0');
}

/** Reads what `hexOf` wrote. */
export function hashOfHex(hex: string): Hash64 {
  return { high: Number.parseInt(hex.slice(0, 8), 16), low: Number.parseInt(hex.slice(8), 16) };
}
