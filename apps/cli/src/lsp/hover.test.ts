import { compileRunbook } from '@tocsin/runbook';
import { MarkupContent } from 'vscode-languageserver/node';
import { describe, expect, it } from 'vitest';
import { hoverAt } from './hover.ts';

const RUNBOOK = `---
tocsin:
  placeholders:
    policy-name: diagnosis
---
## Phase 1: All (0-60 minutes)

Before <node-name> is drained. <!-- tocsin: {"allow":"RB060","because":"x"} -->

\`\`\`bash
kubectl get pods -n platform | grep api
kubectl drain <node-name> --ignore-daemonsets
kubectl delete networkpolicy <policy-name>
kubectl edit deployment api
psql -c "ALTER USER app PASSWORD '<db-password>'"
\`\`\`

An <unused> word.
`;
const lines = RUNBOOK.split('\n');
const plan = compileRunbook(RUNBOOK);
const pageOf = (code: string) => ({ href: `file:///${code}.md`, title: `${code}: title`, why: 'Because.' });

/** What hover says on the first place of a text, and the text it says it of. */
function on(text: string): { says: string; of: string } | null {
  const line = lines.findIndex((candidate) => candidate.includes(text));
  const found = lines[line] ?? '';
  const character = found.indexOf(text) + 1;
  const hover = hoverAt({ line, character }, { plan, line: `${found}\n`, pageOf });
  if (hover === null || !MarkupContent.is(hover.contents)) return null;
  return {
    says: hover.contents.value,
    of: found.slice(hover.range?.start.character, hover.range?.end.character),
  };
}

describe('hoverAt', () => {
  it('says of a command what it does, who is asked, its limit, and how it runs', () => {
    expect(on('kubectl get')).toEqual({
      says: [
        '**read** · runs without approval · time limit 8 s',
        'Runs without a shell, as arguments:\n```json\n["kubectl","get","pods","-n","platform"]\n| ["grep","api"]\n```',
      ].join('\n\n'),
      of: 'kubectl get pods -n platform | grep api',
    });
  });

  it('names approvals and placeholders', () => {
    expect(on('kubectl drain')?.says).toMatch(
      /^\*\*destroy\*\* · 2 approvals · [^]*Placeholders: `<node-name>`/,
    );
  });

  it('says why a command is left to a person', () => {
    expect(on('kubectl edit')?.says).toContain('By hand: it needs a terminal');
  });

  it.each([
    ['<node-name> --', 'Filled from the diagnosis where that names one, otherwise asked for.'],
    ['<node-name> is drained', 'a value for 1 command of this runbook'],
    ['<node-name> --', 'Expected: a name by RFC 1123'],
    ['<policy-name>', 'Comes from: `diagnosis` (front matter)'],
    ['<db-password>', 'A secret: name a reference in the front matter.'],
  ])('says of %s: %s', (place, says) => expect(on(place)?.says).toContain(says));

  it('explains a lint code', () => {
    expect(on('RB060')).toEqual({
      says: '**RB060: title**\n\nBecause.\n\n[RB060](file:///RB060.md)',
      of: 'RB060',
    });
  });

  it.each(['is drained', '<unused>', '## Phase'])('says nothing of %s', (text) =>
    expect(on(text)).toBeNull(),
  );
});
