import { compileRunbook } from '@tocsin/runbook';
import type { DocumentSymbol } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { holds } from './place.ts';
import { symbolsOf } from './symbols.ts';

const RUNBOOK = `# R

## Phase 1: Look (0-5 minutes)

1. **Look**
   \`\`\`bash
   # All nodes
   kubectl get nodes
   kubectl get pods
   \`\`\`
2. **Ask around**

#### If it's a Node Issue

\`\`\`bash
kubectl drain <node-name>
\`\`\`

## Phase 2: Wait (5+ minutes)

## Scenarios

### Node Failure

**Symptoms**: pods on one node fail
`;

type Row = [name: string, detail: string | undefined, line: number, ...children: Row[]];

function rows(symbols: readonly DocumentSymbol[]): Row[] {
  return symbols.map(({ name, detail, range, children = [] }) => [
    name,
    detail,
    range.start.line + 1,
    ...rows(children),
  ]);
}

function everySymbol(symbols: readonly DocumentSymbol[]): DocumentSymbol[] {
  return symbols.flatMap((symbol) => [symbol, ...everySymbol(symbol.children ?? [])]);
}

describe('symbolsOf', () => {
  it('is the outline: phases, steps, branches, actions, scenarios', () => {
    expect(rows(symbolsOf(compileRunbook(RUNBOOK)))).toEqual([
      [
        'Phase 1: Look',
        '0-5 min',
        3,
        [
          'Look',
          'command',
          5,
          ['kubectl get nodes', 'read: All nodes', 8],
          ['kubectl get pods', 'read: All nodes', 9],
        ],
        ['Ask around', 'manual', 11],
        [
          'If: Node Issue',
          expect.stringContaining('node-failure'),
          13,
          ['kubectl drain <node-name>', 'destroy', 16],
        ],
      ],
      ['Phase 2: Wait', '5+ min', 19],
      ['Node Failure', 'pods on one node fail', 23],
    ]);
  });

  it.each([RUNBOOK, RUNBOOK.replaceAll('Phase 2', 'Phase 1'), RUNBOOK.replaceAll('\n', '\r\n')])(
    'keeps every heading and child within its range, and every name filled',
    (markdown) => {
      const symbols = everySymbol(symbolsOf(compileRunbook(markdown)));
      expect(symbols.length).toBeGreaterThan(7);
      for (const { name, range, selectionRange, children = [] } of symbols) {
        expect(name).not.toBe('');
        for (const inner of [selectionRange, ...children.map((child) => child.range)])
          expect([holds(range, inner.start), holds(range, inner.end)]).toEqual([true, true]);
      }
    },
  );

  it('is empty for an empty plan', () => expect(symbolsOf(compileRunbook(''))).toEqual([]));
});
