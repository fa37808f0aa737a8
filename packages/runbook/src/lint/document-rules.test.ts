import { describe, expect, it } from 'vitest';
import { applyFixes } from './apply-fixes.ts';
import { lintRunbook } from './lint-runbook.ts';
import { nearestWord } from './nearest-word.ts';

const PHASE = '## Phase 1: Look (0-20 minutes)\n\n1. **Look**\n';
const TEAM = '## Response team\n\n### Primary\n- **Role**: Engineer\n\n### Backup\n- **Role**: Senior\n\n';
const bash = (command: string, info = ''): string => `\n\`\`\`bash${info}\n${command}\n\`\`\`\n`;
const allowing = (code: string): string => `<!-- tocsin: {"allow":"${code}","because":"on purpose"} -->`;

interface Row {
  code: string;
  name: string;
  hit: string;
  miss: string;
  /** Line of the hit. */
  line: number;
  /** What the hit reads like when its fix is applied. */
  mended?: string;
}

const ROWS: Row[] = [
  {
    code: 'RB001',
    name: 'a gap that no round number of its unit closes',
    hit: `${PHASE}\n## Phase 2: Act (0.5-2 hours)\n\n1. **Act**\n`,
    miss: `${PHASE}\n## Phase 2: Act (20+ minutes)\n\n1. **Act**\n`,
    line: 5,
  },
  {
    code: 'RB001',
    name: 'an overlap',
    hit: `${PHASE}\n## Phase 2: Act (15-60 minutes)\n\n1. **Act**\n`,
    miss: `${PHASE}\n## Phase 2: Act (20-60 minutes)\n\n1. **Act**\n`,
    line: 5,
    mended: `${PHASE}\n## Phase 2: Act (20-60 minutes)\n\n1. **Act**\n`,
  },
  {
    code: 'RB002',
    name: 'a late first level',
    hit: '## Escalation\n\n- L1 (5-30 min): Tom\n- L2 (30+ min): Ann\n',
    miss: '## Escalation\n\n- L1 (0-30 min): Tom\n- L2 (30+ min): Ann\n',
    line: 3,
    mended: '## Escalation\n\n- L1 (0-30 min): Tom\n- L2 (30+ min): Ann\n',
  },
  {
    code: 'RB006',
    name: 'a misspelled undo',
    hit: `${PHASE}${bash('kubectl cordon a', ' {"name":"cordon"}')}${bash('kubectl uncordon a', ' {"tocsin-undo-of":"crodon"}')}`,
    miss: `${PHASE}${bash('kubectl cordon a', ' {"name":"cordon"}')}${bash('kubectl uncordon a', ' {"tocsin-undo-of":"cordon"}')}`,
    line: 10,
    mended: `${PHASE}${bash('kubectl cordon a', ' {"name":"cordon"}')}${bash('kubectl uncordon a', ' {"tocsin-undo-of":"cordon"}')}`,
  },
  {
    code: 'RB007',
    name: 'an allowance above a fence',
    hit: `${PHASE}\n${allowing('RB050')}${bash('kubectl logs deploy/a')}`,
    miss: `${PHASE}\n${allowing('RB050')}${bash('kubectl logs -l app=a')}`,
    line: 5,
  },
  {
    code: 'RB007',
    name: 'an allowance of a new code that is needed no more',
    hit: `${PHASE}\n${allowing('RB043 RB050')}${bash('sleep 3')}`,
    miss: `${PHASE}\n${allowing('RB043')}${bash('sleep 3')}`,
    line: 5,
  },
  {
    code: 'RB007',
    name: 'an allowance of an error',
    hit: `${PHASE}\n## Escalation\n\n- L1 (5+ min): Tom ${allowing('RB002')}\n`,
    miss: `${PHASE}\n## Escalation\n\n- L1 (0+ min): Tom ${allowing('RB070')}\n`,
    line: 7,
  },
  {
    code: 'RB012',
    name: 'a phase of nothing',
    hit: `${PHASE}\n## Phase 2: Act (20+ minutes)\n`,
    miss: `${PHASE}\n## Phase 2: Act (20+ minutes)\n\n### If it's a node\n`,
    line: 5,
  },
  {
    code: 'RB013',
    name: 'an update slower than the phases',
    hit: `${PHASE}\n## Communication\n\n- Every 30 minutes\n`,
    miss: `${PHASE}\n## Communication\n\n- Every 20 minutes\n`,
    line: 7,
  },
  {
    code: 'RB014',
    name: 'a severity without bullets',
    hit: '## Severities\n\n### Down (P0)\n\n### Slow (P1)\n- slow\n',
    miss: '## Severities\n\n### Down (P0)\nAll of it.\n\n### Slow (P1)\n- slow\n',
    line: 3,
  },
  {
    code: 'RB015',
    name: 'a scenario that only names a problem',
    hit: '## Scenarios\n\n### Node failure\n**Symptoms**: pods gone\n',
    miss: `## Scenarios\n\n### Node failure\n**Symptoms**: pods gone\n${bash('kubectl get nodes')}`,
    line: 3,
  },
  {
    code: 'RB016',
    name: 'a cause that no diagnosis gives',
    hit: `## Scenarios\n\n<!-- tocsin: {"causes":"node-failur"} -->\n### Oops\n**Symptoms**: a\n${bash('kubectl get nodes')}`,
    miss: `## Scenarios\n\n<!-- tocsin: {"causes":"node-failure"} -->\n### Oops\n**Symptoms**: a\n${bash('kubectl get nodes')}`,
    line: 4,
  },
  ...[
    ['{"evidence":"metrics.size() > 0"}', '{"evidence":"cel: metrics.size() > 0"}'],
    ['{"evidence":"cel: metrics.size() >"}', '{"evidence":"promql: up == 0"}'],
    ['{"evidence":"cel: requests > 1"}', '{"evidence":"cel: cluster.pods.exists(p, !p.ready)"}'],
    ['{"evidence":"cel: 1 + 1"}', '{"evidence":"cel: cluster.pods.map(p, \'pod/\' + p.name)"}'],
    ['{"evidence":"cel: true","subject":"orders"}', '{"evidence":"cel: true","subject":"deployment/orders"}'],
    ['{"evidence":"cel: true","confidence":"0.2"}', '{"evidence":"cel: true","confidence":"0.9"}'],
  ].map(([wrong, right]): Row => ({
    code: 'RB081',
    name: `evidence ${wrong}`,
    hit: `## Scenarios\n\n<!-- tocsin: ${wrong} -->\n### Oops\n**Symptoms**: a\n${bash('kubectl get nodes')}`,
    miss: `## Scenarios\n\n<!-- tocsin: ${right} -->\n### Oops\n**Symptoms**: a\n${bash('kubectl get nodes')}`,
    line: 4,
  })),
  {
    code: 'RB017',
    name: 'a role that is not among the contacts',
    hit: `${TEAM}## Contacts\n\n- **Primary**: 1\n`,
    miss: TEAM,
    line: 6,
  },
  {
    code: 'RB018',
    name: 'a name given twice',
    hit: `${PHASE}${bash('kubectl get nodes', ' {"name":"a"}')}${bash('kubectl get pods', ' {"name":"a"}')}`,
    miss: `${PHASE}${bash('kubectl get nodes', ' {"name":"a"}')}${bash('kubectl get pods', ' {"name":"b"}')}`,
    line: 9,
    mended: `${PHASE}${bash('kubectl get nodes', ' {"name":"a"}')}${bash('kubectl get pods', ' {"name":"a-1"}')}`,
  },
  {
    code: 'RB018',
    name: 'a title given twice',
    hit: `${PHASE}2. **Look**\n`,
    miss: `${PHASE}\n## Phase 2: Again (20+ minutes)\n\n1. **Look**\n`,
    line: 4,
  },
  {
    code: 'RB019',
    name: 'commands without a language',
    hit: `${PHASE}\n   \`\`\`\n   kubectl get nodes\n   \`\`\`\n`,
    miss: `${PHASE}\n   \`\`\`\n   NAME   READY\n   \`\`\`\n`,
    line: 5,
    mended: `${PHASE}\n   \`\`\`bash\n   kubectl get nodes\n   \`\`\`\n`,
  },
  {
    code: 'RB023',
    name: 'a link to a heading that was renamed',
    hit: `${PHASE}\n[back](#phase-1-look-0-20-minute)\n`,
    miss: `${PHASE}\n[back](#phase-1-look-0-20-minutes) \`[x](#y)\` [z](#own) <a id="own"></a>\n`,
    line: 5,
    mended: `${PHASE}\n[back](#phase-1-look-0-20-minutes)\n`,
  },
  {
    code: 'RB024',
    name: 'commands above the steps',
    hit: PHASE.replace('1.', '```bash\nkubectl get nodes\n```\n\n1.'),
    miss: PHASE.replace('1.', '```text\nno command\n```\n\n1.'),
    line: 3,
  },
  {
    code: 'RB025',
    name: 'a misspelled attribute',
    hit: `${PHASE}${bash('kubectl cordon a', ' {"interactive":"false","tocsin-aprovals":"2"}')}`,
    miss: `${PHASE}${bash('kubectl cordon a', ' {"interactive":"false","tocsin-approvals":"2"}')}`,
    line: 5,
    mended: `${PHASE}${bash('kubectl cordon a', ' {"interactive":"false","tocsin-approvals":"2"}')}`,
  },
  {
    code: 'RB025',
    name: 'a misspelled key of a comment',
    hit: '## Detection\n\n<!-- tocsin: {"metrik":"lag"} -->\n- Node failure\n',
    miss: '## Detection\n\n<!-- other: {"metrik":"lag"} -->\n- Node failure\n',
    line: 3,
    mended: '## Detection\n\n<!-- tocsin: {"metric":"lag"} -->\n- Node failure\n',
  },
  {
    code: 'RB025',
    name: 'a misspelled setting',
    hit: `---\ntocsin:\n  namspace: a\n---\n${PHASE}`,
    miss: `---\ntocsin:\n  namespace: a\nnamspace: b\n---\n${PHASE}`,
    line: 3,
  },
  {
    code: 'RB026',
    name: 'a value that nothing asks for',
    hit: `---\ntocsin:\n  placeholders:\n    node: diagnosis\n---\n${PHASE}`,
    miss: `---\ntocsin:\n  placeholders:\n    node: diagnosis\n---\n${PHASE}${bash('kubectl cordon <node>')}`,
    line: 4,
  },
];

const hitsOf = (markdown: string, code: string) =>
  lintRunbook(markdown).filter((problem) => problem.code === code);

describe.each(ROWS)('$code: $name', ({ code, hit, miss, line, mended }) => {
  it('is hit once, in its line', () => {
    expect(hitsOf(hit, code).map((problem) => problem.line)).toEqual([line]);
  });

  it('is not hit by its near miss', () => {
    expect(hitsOf(miss, code)).toEqual([]);
  });

  it('has the fix that is expected, if any', () => {
    const fixes = hitsOf(hit, code).flatMap((problem) => problem.fix ?? []);
    expect(applyFixes(hit, fixes).markdown).toBe(mended ?? hit);
    expect(hitsOf(mended ?? miss, code)).toEqual([]);
  });
});

const twice = (second: string): string =>
  `${PHASE}${bash('kubectl get nodes', ' {"name":"a"}')}${bash(second, ' {"name":"a"}')}`;

it('renames a fence only where the plan stays the same', () => {
  expect(hitsOf(twice('kubectl get pods'), 'RB018')[0]?.fix?.safe).toBe(true);
  expect(hitsOf(twice('kubectl get pods\nkubectl get svc'), 'RB018')[0]?.fix?.safe).toBe(false);
});

it.each([
  ['aprovals', 'approvals'],
  ['appovals', 'approvals'],
  ['pruge', 'purge'],
  ['kidn', 'kind'],
  ['color', undefined],
  ['ki', undefined],
  ['xy', undefined],
])('takes %s for %s', (word, expected) => {
  expect(nearestWord(word, ['approvals', 'purge', 'kind', 'if'])).toBe(expected);
});
