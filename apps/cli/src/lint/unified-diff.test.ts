import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unifiedDiff } from './unified-diff.ts';

const lines = (count: number): string[] => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

/** What git makes of a text and a diff. */
function patched(before: string, diff: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-diff-'));
  writeFileSync(join(folder, 'a.md'), before);
  const done = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
    cwd: folder,
    input: diff,
    encoding: 'utf8',
  });
  const after = readFileSync(join(folder, 'a.md'), 'utf8');
  rmSync(folder, { recursive: true });
  return done.status === 0 ? after : done.stderr;
}

it('reads like the difference of two files', () => {
  const before = lines(9).join('\n');
  expect(unifiedDiff('/x/a.md', `${before}\n`, `${before.replace('line 5', 'LINE 5')}\n`)).toBe(
    [
      '--- a/x/a.md',
      '+++ b/x/a.md',
      '@@ -2,7 +2,7 @@',
      ' line 2',
      ' line 3',
      ' line 4',
      '-line 5',
      '+LINE 5',
      ' line 6',
      ' line 7',
      ' line 8',
      '',
    ].join('\n'),
  );
});

it('is empty when nothing differs', () => {
  expect(unifiedDiff('a.md', 'a', 'a')).toBe('');
});

it.each<[string, string, string]>([
  ['one line', 'a\n', 'b\n'],
  ['no line feed at the end', 'a\nb', 'a\nc'],
  ['a line feed that is added', 'a', 'a\n'],
  ['Windows line ends', 'a\r\nb\r\nc\r\n', 'a\r\nB\r\nc\r\n'],
  ['near changes', lines(20).join('\n'), lines(20).join('\n').replace('line 3', 'x').replace('line 8', 'y')],
  [
    'far changes',
    lines(40).join('\n'),
    lines(40).join('\n').replace('line 3\n', 'x\n').replace('line 30', 'y'),
  ],
  ['more lines', `${lines(9).join('\n')}\n`, `${lines(9).join('\n').replace('line 4', 'line 4\nnew')}\n`],
  ['fewer lines', `${lines(9).join('\n')}\n`, `${lines(8).join('\n')}\n`],
])('is applied by git: %s', (_, before, after) => {
  expect(patched(before, unifiedDiff('a.md', before, after))).toBe(after);
});
