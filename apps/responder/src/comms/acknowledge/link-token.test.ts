import { assert, constantFrom, nat, pre, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { readLink, signLink } from './link-token.ts';

const claim = { incidentId: 'inc_1', person: 'primary', expiresAt: 1000 };
const token = signLink('secret', claim);

test('a link holds for its person and incident until it expires', () => {
  expect(readLink('secret', token, 999)).toEqual({ claim });
  expect(readLink('secret', token, 1000)).toEqual({ refused: 'expired' });
});

test('under another secret, or changed anywhere, it is none', () => {
  expect(readLink('other', token, 0)).toEqual({ refused: 'unknown' });
  assert(
    property(nat(token.length - 1), constantFrom('A', '_', '.', '-'), (at, letter) => {
      const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
      // The last letter of base64url holds unused bits: the same bytes are the same link.
      pre(changed !== token && at !== token.length - 1);
      expect(readLink('secret', changed, 0)).toEqual({ refused: 'unknown' });
    }),
  );
});

test('no text is a link', () => {
  assert(
    property(string(), (text) => {
      expect(readLink('secret', text, 0)).toEqual({ refused: 'unknown' });
    }),
  );
});
