import { assert, constantFrom, nat, pre, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { readLink, signLink } from './link-token.ts';

const claim = { purpose: 'acknowledge', incidentId: 'inc_1', person: 'primary', expiresAt: 1000 } as const;
const token = signLink('secret', claim);

function read(secret: string, link: string, now: number) {
  return readLink(secret, { purpose: 'acknowledge', token: link }, now);
}

test('a link holds for its person and incident until it expires', () => {
  expect(read('secret', token, 999)).toEqual({ claim });
  expect(read('secret', token, 1000)).toEqual({ refused: 'expired' });
});

test('a link is good for what it was made for alone', () => {
  const purposes = ['escalate-2', 'escalate-3', 'acknowledge', 'acknowledge-all'] as const;
  const calls = signLink('secret', { ...claim, purpose: 'escalate-2' });
  for (const purpose of purposes)
    expect('claim' in readLink('secret', { purpose, token: calls }, 0)).toBe(purpose === 'escalate-2');
  expect(readLink('secret', { purpose: 'escalate-2', token }, 0)).toEqual({ refused: 'unknown' });
});

test('under another secret, or changed anywhere, it is none', () => {
  expect(read('other', token, 0)).toEqual({ refused: 'unknown' });
  assert(
    property(nat(token.length - 1), constantFrom('A', '_', '.', '-'), (at, letter) => {
      const changed = `${token.slice(0, at)}${letter}${token.slice(at + 1)}`;
      // The last letter of base64url holds unused bits: the same bytes are the same link.
      pre(changed !== token && at !== token.length - 1);
      expect(read('secret', changed, 0)).toEqual({ refused: 'unknown' });
    }),
  );
});

test('no text is a link', () => {
  assert(
    property(string(), (text) => {
      expect(read('secret', text, 0)).toEqual({ refused: 'unknown' });
    }),
  );
});
