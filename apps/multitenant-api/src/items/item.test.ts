import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCursor, writeCursor } from './cursor.ts';
import { allowedVersions, isKnown } from './etag.ts';
import { isoOfUtc, itemJson, itemSchema } from './item.ts';

describe('the JSON of an item', () => {
  it('is what JSON.stringify would write, for any text and value', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 1n, max: 10n ** 18n }),
        fc.string(),
        fc.jsonValue(),
        fc.string(),
        (id, name, value, by) => {
          const at = '2026-01-02 03:04:05.678+00';
          const json = itemJson([String(id), name, JSON.stringify(value), by, at, at, '3']);
          const instant = '2026-01-02T03:04:05.678Z';
          const expected = { id: String(id), name, value: JSON.parse(JSON.stringify(value)), createdBy: by };
          expect(JSON.parse(json)).toEqual({
            ...expected,
            createdAt: instant,
            updatedAt: instant,
            version: 3,
          });
          expect(itemSchema.safeParse(JSON.parse(json)).success).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['2026-01-02 03:04:05+00', '2026-01-02T03:04:05.000Z'],
    ['2026-01-02 03:04:05.6+00', '2026-01-02T03:04:05.600Z'],
    ['2026-01-02 03:04:05.678999+00', '2026-01-02T03:04:05.678Z'],
  ])('has the instant %s as %s', (text, iso) => {
    expect(isoOfUtc(text)).toBe(iso);
  });

  it('does not guess an instant of another zone', () => {
    expect(() => isoOfUtc('2026-01-02 03:04:05+02')).toThrow('expected one in UTC');
  });
});

describe('a cursor', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }), (id) => {
        expect(readCursor(writeCursor(String(id)))).toBe(String(id));
      }),
    );
  });

  it.each([
    '',
    'x',
    '1:5',
    Buffer.from('2:5').toString('base64url'),
    Buffer.from('1:5 OR 1').toString('base64url'),
  ])('is refused when it is %j', (text) => expect(readCursor(text)).toBeNull());
});

describe('an ETag', () => {
  it.each([
    [undefined, false],
    ['"a"', true],
    ['W/"a"', true],
    ['"b", "a"', true],
    ['*', true],
    ['"b"', false],
    ['a', false],
  ])('"a" is known by If-None-Match %s: %s', (header, known) => expect(isKnown(header, '"a"')).toBe(known));

  it.each([
    [undefined, null],
    ['*', null],
    ['"7.3"', [3]],
    ['"7.3", "7.4"', [3, 4]],
    ['W/"7.3"', []],
    ['"8.3"', []],
    ['nonsense', []],
  ])('by If-Match %s allows the versions %o of item 7', (header, versions) =>
    expect(allowedVersions(header, '7')).toEqual(versions),
  );
});
