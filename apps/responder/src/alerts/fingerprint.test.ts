import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { contentOf, fingerprintOf, hashOfHex, hexOf } from './fingerprint.ts';

/** The definition, slowly: FNV-1a 64 over name, 0xff, value, 0xff of every label in the order of names. */
function slowly(labels: Readonly<Record<string, string>>): string {
  let sum = 0xcbf29ce484222325n;
  const add = (byte: number): void => {
    sum = ((sum ^ BigInt(byte)) * 0x100000001b3n) & 0xffffffffffffffffn;
  };
  for (const name of Object.keys(labels).toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))))
    for (const text of [name, labels[name] ?? '']) {
      for (const byte of Buffer.from(text, 'utf8')) add(byte);
      add(0xff);
    }
  return sum.toString(16).padStart(16, '0');
}

it('is FNV-1a over the sorted labels, whatever they hold', () => {
  const names = fc.stringMatching(/^[a-z_A-Z][a-z_A-Z0-9]{0,8}$/);
  fc.assert(
    fc.property(fc.dictionary(names, fc.string({ unit: 'grapheme' })), (labels) => {
      expect(hexOf(fingerprintOf(labels))).toBe(slowly(labels));
      expect(hexOf(hashOfHex(slowly(labels)))).toBe(slowly(labels));
    }),
  );
});

it('does not depend on the order in which labels come', () => {
  expect(fingerprintOf({ b: '1', a: '2' })).toEqual(fingerprintOf({ a: '2', b: '1' }));
});

it('tells contents apart, but not ends', () => {
  const same = contentOf({ summary: 'x' }, 1000, 'http://p');
  expect(contentOf({ summary: 'x' }, 1000, 'http://p')).toBe(same);
  expect(contentOf({ summary: 'y' }, 1000, 'http://p')).not.toBe(same);
  expect(contentOf({ summary: 'x' }, 1001, 'http://p')).not.toBe(same);
});
