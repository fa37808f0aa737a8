import type { Fix, Problem } from '@tocsin/runbook';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { describe, expect, it } from 'vitest';
import { type ActionRequest, codeActionsOf, safeEdits } from './code-actions.ts';

const uri = 'file:///r.md';

function at(line: number, column: number, endColumn: number) {
  return { line, column, endLine: line, endColumn };
}

function problem(code: string, place: ReturnType<typeof at>, fix?: Partial<Fix>): Problem {
  return {
    code,
    level: 'warning',
    message: `${code} is wrong`,
    file: 'r.md',
    ...place,
    ...(fix === undefined ? {} : { fix: { ...place, text: '', safe: true, ...fix } }),
  };
}

function request(line: number, more: Partial<ActionRequest> = {}): ActionRequest {
  const cursor = { line, character: 2 };
  return { uri, range: { start: cursor, end: cursor }, pageOf: () => null, ...more };
}

const problems = [
  problem('RB001', at(1, 1, 5), { text: 'safe' }),
  problem('RB002', at(1, 1, 9), { text: 'bold', safe: false, line: 1, column: 6, endColumn: 9 }),
  problem('RB003', at(1, 1, 5)),
  problem('RB004', at(2, 1, 5), { text: 'other line' }),
];

const summary = (more: ActionRequest) =>
  codeActionsOf(problems, more).map(({ title, kind, isPreferred }) => [title, kind, isPreferred]);

describe('codeActionsOf', () => {
  it('offers the fixes at the cursor, the safe ones preferred, and all safe ones together', () => {
    expect(summary(request(0))).toEqual([
      ['RB001: RB001 is wrong', 'quickfix', true],
      ['RB002: RB002 is wrong', 'quickfix', false],
      ['Fix all safe problems (2)', 'source.fixAll', undefined],
    ]);
  });

  it.each([
    [['quickfix'], ['quickfix', 'quickfix']],
    [['source.fixAll'], ['source.fixAll']],
    [['source'], ['source.fixAll']],
    [['source.fixAll.tocsin'], []],
    [['refactor'], []],
    [[], []],
  ])('answers only %j', (only, kinds) => {
    expect(codeActionsOf(problems, request(0, { only })).map(({ kind }) => kind)).toEqual(kinds);
  });

  it('names the problem that it mends and the edit that does', () => {
    const [first] = codeActionsOf(problems, request(0));
    expect(first?.diagnostics?.map(({ code }) => code)).toEqual(['RB001']);
    expect(first?.edit).toEqual({
      changes: {
        [uri]: [
          { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 4 } }, newText: 'safe' },
        ],
      },
    });
  });

  it('names the version where the client takes it', () => {
    const [first] = codeActionsOf(problems, request(0, { version: 7 }));
    expect(first?.edit?.documentChanges).toMatchObject([{ textDocument: { uri, version: 7 } }]);
  });

  it('offers nothing where nothing can be fixed', () => {
    expect(codeActionsOf([problem('RB003', at(1, 1, 5))], request(0))).toEqual([]);
  });
});

describe('safeEdits', () => {
  const text = 'one two three\nfour\n';
  const applied = (list: Problem[]) =>
    TextDocument.applyEdits(TextDocument.create(uri, 'markdown', 1, text), safeEdits(list));

  it.each<[string, Problem[], string]>([
    [
      'in any order',
      [problem('B', at(2, 1, 5), { text: '4' }), problem('A', at(1, 5, 8), { text: '2' })],
      'one 2 three\n4\n',
    ],
    [
      'side by side',
      [problem('A', at(1, 1, 4), { text: '1' }), problem('B', at(1, 4, 8), { text: ' 2' })],
      '1 2 three\nfour\n',
    ],
    [
      'without those that overlap an earlier one',
      [problem('A', at(1, 1, 8), { text: 'x' }), problem('B', at(1, 5, 14), { text: 'y' })],
      'x three\nfour\n',
    ],
    [
      'with one of two insertions at one place',
      [problem('A', at(1, 4, 4), { text: '!' }), problem('B', at(1, 4, 4), { text: '?' })],
      'one! two three\nfour\n',
    ],
    ['never the unsafe', [problem('A', at(1, 1, 4), { text: 'x', safe: false })], text],
  ])('%s', (_, list, expected) => expect(applied(list)).toBe(expected));
});
