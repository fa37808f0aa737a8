import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatements } from '../src/actions/parse-statements.ts';
import { placeholdersIn } from '../src/grammar/placeholder.ts';

const hasBash = spawnSync('bash', ['--version']).status === 0;

const piece = fc.oneof(
  fc.constantFrom(
    ' ',
    '  ',
    '\t',
    '\\\n',
    '"',
    "'",
    "$'",
    '\\',
    '\\"',
    "\\'",
    '\\ ',
    '\\$',
    '=',
    '#',
    ' # x',
  ),
  fc.constantFrom(
    'a',
    'b=~/c',
    '~',
    '~x',
    '*',
    '?',
    '[a]',
    '{}',
    '{a}',
    '{a,b}',
    '{1..3}',
    '!',
    '^',
    '%',
    '@',
  ),
  fc.constantFrom(
    '$',
    '$X',
    '${X}',
    '$(',
    '`',
    ')',
    '(',
    '<',
    '>',
    '&',
    '|',
    ';',
    '\n',
    '-',
    '--',
    ':~',
    'A=',
  ),
  fc.constantFrom(
    '\\n',
    '\\x41',
    '\\u00e9',
    '\\0',
    '\\c',
    '\\1',
    '\\e',
    'é',
    '“',
    '\u00a0',
    '\u200b',
    "''",
    '""',
    '.',
  ),
);
const commandLine = fc
  .array(piece, { minLength: 1, maxLength: 10 })
  .map((parts) => `record ${parts.join('')}`);

/** The argv that our grammar finds, for texts of one command only. */
function ours(text: string): readonly string[] | null {
  const statements = parseStatements(text);
  const [argv, ...more] = statements[0]?.pipeline ?? [];
  return statements.length === 1 && more.length === 0 && argv?.[0] === 'record' ? argv : null;
}

/** What bash itself makes of each text: a function prints its arguments; nothing else can be started. */
function bashReads(texts: readonly string[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-bash-'));
  texts.forEach((text, n) => writeFileSync(join(folder, `${n}.sh`), `${text}\n`));
  const head = ['PATH=/nowhere', 'set -f', `record() { printf '%s\\0' record "$@"; }`];
  writeFileSync(
    join(folder, 'all.sh'),
    [...head, ...texts.map((_, n) => `. ./${n}.sh; printf '\\2'`)].join('\n'),
  );
  const out = execFileSync('bash', ['--norc', '--noprofile', 'all.sh'], {
    cwd: folder,
    env: { PATH: process.env['PATH'] ?? '', HOME: '/expanded', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'pipe', 'ignore'],
  }).toString();
  rmSync(folder, { recursive: true });
  return out
    .split('\u0002')
    .slice(0, -1)
    .map((one) => one.split('\0').slice(0, -1));
}

describe('a statement that runs without a shell', () => {
  it('has the arguments that bash would give it', () => {
    // A placeholder such as <a> is the document's own; bash would read from a file of that name.
    const texts = fc
      .sample(commandLine, 3000)
      .filter((text) => placeholdersIn(text).length === 0 && ours(text) !== null);
    expect(texts.length).toBeGreaterThan(100);
    const real = hasBash ? bashReads(texts) : texts.map(ours);
    expect(real).toHaveLength(texts.length);
    const differing = texts.flatMap((text, n) =>
      JSON.stringify(ours(text)) === JSON.stringify(real[n])
        ? []
        : [{ text, ours: ours(text), bash: real[n] }],
    );
    expect(differing.slice(0, 3)).toEqual([]);
  });
});
