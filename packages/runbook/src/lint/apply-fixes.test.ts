import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fix } from '../plan.ts';
import { applyFixes } from './apply-fixes.ts';

function fix(line: number, column: number, length: number, text: string): Fix {
  return { line, column, endLine: line, endColumn: column + length, text, safe: true };
}

describe('applyFixes', () => {
  it.each([
    ['nothing', 'ab\ncd', [], 'ab\ncd'],
    ['an insertion', 'ab\ncd', [fix(2, 3, 0, '!')], 'ab\ncd!'],
    ['several, in any order', 'ab\ncd', [fix(2, 1, 1, 'C'), fix(1, 2, 1, 'B')], 'aB\nCd'],
    ['Windows line ends', 'ab\r\ncd\r\n', [fix(2, 1, 2, 'x\ny')], 'ab\r\nx\r\ny\r\n'],
    ['a byte order mark', '\uFEFFab', [fix(1, 1, 1, 'A')], '\uFEFFAb'],
    ['characters of two units', '😀a', [fix(1, 3, 1, 'b')], '😀b'],
    ['a range of lines', 'ab\ncd\nef', [{ ...fix(1, 2, 0, '-'), endLine: 3, endColumn: 2 }], 'a-f'],
  ])('%s', (_, markdown, fixes, expected) => {
    expect(applyFixes(markdown, fixes).markdown).toBe(expected);
  });

  it('leaves the later of two fixes that touch', () => {
    const [first, second] = [fix(1, 1, 2, 'x'), fix(1, 3, 1, 'y')];
    expect(applyFixes('abc', [second, first])).toEqual({
      markdown: 'xc',
      applied: [first],
      skipped: [second],
    });
  });

  it.each([
    [fix(3, 1, 0, ''), 'fix: its start is 3:1, expected a line from 1 to 2'],
    [fix(1, 2, 2, ''), 'fix: its end is 1:4, expected a column from 1 to 3'],
    [fix(1, 0, 1, ''), 'fix: its start is 1:0, expected a column from 1 to 3'],
  ])('refuses a fix for another text', (wrong, message) => {
    expect(() => applyFixes('ab\ncd', [wrong])).toThrow(new RangeError(message));
  });

  it('changes nothing outside its ranges', () => {
    const place = fc.tuple(fc.nat(30), fc.nat(5), fc.string({ maxLength: 4 }));
    fc.assert(
      fc.property(fc.string({ minLength: 40, unit: 'grapheme-ascii' }), fc.array(place), (text, places) => {
        const markdown = text.replaceAll(/[\r\n]/g, '_');
        const fixes = places.map(([at, length, written]) => fix(1, at + 1, length, written));
        const { markdown: changed, applied, skipped } = applyFixes(markdown, fixes);
        expect(applied.length + skipped.length).toBe(fixes.length);
        const growth = applied.reduce((sum, one) => sum + one.text.length - (one.endColumn - one.column), 0);
        expect(changed.length).toBe(markdown.length + growth);
        expect(changed.endsWith(markdown.slice(36))).toBe(true);
      }),
    );
  });
});
