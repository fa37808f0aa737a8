import { describe, expect, it } from 'vitest';
import { compileRunbook, HEADING_ALIASES } from '../src/index.ts';
import { factsOf } from './facts.ts';

const ROWS = '| Time | Who |\n|---|---|\n| 0-5 min | Tom |\n| 5+ min | Eve |\n';
const targets = (markdown: string): string[] =>
  compileRunbook(markdown).escalation.map((level) => level.target);

describe('a heading is known by its meaning', () => {
  it.each(HEADING_ALIASES.escalation)('"%s" is an escalation', (alias) => {
    expect(targets(`# R\n\n## ${alias}\n\n${ROWS}`)).toEqual(['Tom', 'Eve']);
  });

  it.each([
    ['with a number', '## 7. Escalation'],
    ['with an outline number', '#### 3.2.1 Escalation path'],
    ['with pictures', '## 🚨 Escalation 📞'],
    ['with a shortcode', '## :rotating_light: Escalation'],
    ['as a link', '## [Escalation](https://example.com/a_(b))'],
    ['in code', '## `Escalation`'],
    ['bold', '## **Escalation**'],
    ['with an anchor', '## Escalation {#esc}'],
    ['with closing marks', '## Escalation ##'],
    ['underlined', 'Escalation\n=========='],
    ['underlined twice', 'Escalation\n---'],
    ['escaped', '## Escalation \\(internal\\)'],
    ['deeper than all others', '###### Escalation'],
    ['in capitals', '## ESCALATION MATRIX'],
    ['with other words around it', '## Our escalation policy, 2nd edition'],
    ['as a bold line', '**Escalation**'],
    ['as a bold line with a colon', '**Escalation:**'],
  ])('%s', (_, heading) => {
    expect(targets(`# R\n\n${heading}\n\n${ROWS}`)).toEqual(['Tom', 'Eve']);
  });

  it('in any order and depth', () => {
    const plan = compileRunbook(
      `# R\n\n###### Checklist\n- [ ] a\n\n# Escalation\n\n${ROWS}\n### Phase 2: B (5+ min)\n- b\n\n## Phase 1: A (0-5 min)\n- a\n\n#### Severity\n- P0: all\n`,
    );
    expect(plan.phases.map((phase) => phase.name)).toEqual(['A', 'B']);
    expect(plan.severities).toHaveLength(1);
    expect(plan.escalation).toHaveLength(2);
    expect(plan.checklist).toHaveLength(1);
  });
});

describe('aliases of a document', () => {
  const text = `# R\n\n## Wie snel bellen we wie\n\n${ROWS}`;

  it('come from its front matter', () => {
    const plan = compileRunbook(
      `---\ntocsin:\n  headings:\n    escalation: [Wie snel bellen we wie]\n---\n${text}`,
    );
    expect(plan.escalation.map((level) => level.target)).toEqual(['Tom', 'Eve']);
    expect(plan.settings).toEqual({});
  });

  it('come from a configuration', () => {
    expect(compileRunbook(text).escalation).toEqual([]);
    expect(
      compileRunbook(text, { headings: { escalation: ['snel bellen'] } }).escalation.map(
        ({ target }) => target,
      ),
    ).toEqual(['Tom', 'Eve']);
  });

  it('come from the sidecar', () => {
    expect(
      compileRunbook(text, { sidecar: 'headings: {escalation: [snel bellen]}\n' }).escalation,
    ).toHaveLength(2);
  });

  it('name a topic that exists', () => {
    const plan = compileRunbook(`---\ntocsin:\n  headings:\n    eskaladation: [x]\n---\n${text}`, {
      file: 'r.md',
    });
    expect(plan.problems.find((problem) => problem.code === 'RB003')).toMatchObject({
      level: 'error',
      line: 4,
      message: expect.stringContaining('expected one of classification, detection'),
    });
  });
});

const phasesOf = (markdown: string) =>
  compileRunbook(markdown).phases.map(({ n, name, fromMinutes, toMinutes, timed }) =>
    [n, name, fromMinutes, toMinutes, timed].join(' '),
  );

describe('phases', () => {
  it.each([
    ['### Phase 1: Look (0-5 minutes)', '1 Look 0 5 true'],
    ['### Phase one - Look [0-5 min]', '1 Look 0 5 true'],
    ['### Phase II: Look (0-5 min)', '2 Look 0 5 true'],
    ['### PHASE 3 – Look, 0 to 5 min', '3 Look 0 5 true'],
    ['### Stage 1. Look | 0-5 min', '1 Look 0 5 true'],
    ['### Step 1: Look (0-5 min)', '1 Look 0 5 true'],
    ['### 2.1 ⏱️ Look (0-5 min)', '1 Look 0 5 true'],
    ['### 0-5 min: Look', '1 Look 0 5 true'],
    ['### First 5 minutes: Look', '1 Look 0 5 true'],
    ['### Look, first 5 minutes', '1 Look 0 5 true'],
    ['### Look — 90 seconds to 2 hours', '1 Look 1.5 120 true'],
    ['### Phase 1: Look', '1 Look 0  false'],
    ['### Phase 1: Look (if needed)', '1 Look (if needed) 0  false'],
    ['**Phase 1: Look (0-5 min)**', '1 Look 0 5 true'],
  ])('%s', (heading, phase) => {
    expect(phasesOf(`# R\n\n${heading}\n\n- a\n`)).toEqual([phase]);
  });

  it('by their place below the response, or by their names, are assumed to follow each other', () => {
    const inside = phasesOf('# R\n\n## Response process\n\n### Wake up\n- a\n\n### Put it out\n- b\n');
    const named = phasesOf('# R\n\n## Triage\n- a\n\n## Mitigation\n- b\n');
    expect(inside).toEqual(['1 Wake up 0  false', '2 Put it out 0  false']);
    expect(named).toEqual(['1 Triage 0  false', '2 Mitigation 0  false']);
  });

  it('are not the headings that hold them, nor steps without a window', () => {
    expect(phasesOf('# R\n\n## Mitigation\n\n### Step 1: Look\n- a\n\n### Now (0-5 min)\n- b\n')).toEqual([
      '1 Now 0 5 true',
    ]);
  });

  it('are no headings with other brackets', () => {
    expect(phasesOf('# R\n\n## Detection (within 5 min)\n- x\n\n## Wiki (see page 5-10)\n- x\n')).toEqual([]);
  });
});

const severitiesOf = (markdown: string) =>
  compileRunbook(`# R\n\n${markdown}`).severities.map(
    ({ id, name, criteria }) => `${id} ${name}: ${criteria.join(' | ')}`,
  );

describe('severities', () => {
  it.each([
    ['## Severity\n### Critical Outage (P0)\n- all', ['P0 Critical Outage: all']],
    ['## Severity\n### SEV-1: Down\n- all', ['P1 Down: all']],
    ['## Severity\n### S2 - Slow\ntext', ['P2 Slow: text']],
    ['## Severity\n### Critical\n- a\n### Low\n- b', ['P0 Critical: a', 'P1 Low: b']],
    ['## Severity\n- **P0 (Down)**: all\n- **P1 (Slow)**: some', ['P0 Down: all', 'P1 Slow: some']],
    ['## Severity\n* Sev 1 – Down\n* Sev 2 – Slow', ['P1 P1: Down', 'P2 P2: Slow']],
    [
      '## Severity\n- Critical: all\n- High: most\n- Medium: some\n- Low: few',
      ['P0 Critical: all', 'P1 High: most', 'P2 Medium: some', 'P3 Low: few'],
    ],
    ['## Severity\n| Level | Name | Meaning |\n|-|-|-|\n| P0 | Down | all |', ['P0 Down: all']],
    [
      '## Severity\n| Level | Meaning | Reaction |\n|-|-|-|\n| **P0** | all | at once |',
      ['P0 P0: all | at once'],
    ],
    ['## Severity\nLevel | Name\n-|-\nSEV1 | Down\nSEV2 | Slow', ['P1 Down: ', 'P2 Slow: ']],
    ['## Severity\nPriority 1: down\nPriority 2: slow', ['P1 P1: down', 'P2 P2: slow']],
    [
      '## Anything\n| Severity | Meaning |\n|-|-|\n| High | all |\n| Low | few |',
      ['P0 High: all', 'P1 Low: few'],
    ],
    ['## P1: Down\n- all', ['P1 Down: all']],
    ['## Severity\n- Classify as SEV1 or SEV2', []],
    ['## Upload to S3\n- all', []],
  ])('%j', (markdown, expected) => {
    expect(severitiesOf(markdown)).toEqual(expected);
  });
});

const levelsOf = (markdown: string) =>
  compileRunbook(`# R\n\n## Escalation\n\n${markdown}\n`).escalation.map(
    ({ level, fromMinutes, toMinutes, target }) => `${level} ${fromMinutes}-${toMinutes ?? ''} ${target}`,
  );

describe('escalation', () => {
  it.each([
    [
      '| Who | Level | When |\n|-|-|-|\n| Tom | L1 | 0-5 min |\n| Eve | L2 | 5+ min |',
      ['L1 0-5 Tom', 'L2 5- Eve'],
    ],
    [
      'Time | Contact\n:-|-:\n0-5 min | Tom \\| Max\n5 min and later | `Eve`',
      ['L1 0-5 Tom | Max', 'L2 5- Eve'],
    ],
    ['| Escalate to | After |\n|-|-|\n| Tom | 0 min |\n| Eve | 15 min |', ['L1 0-15 Tom', 'L2 15- Eve']],
    [
      '| Tier | Who | Elapsed |\n|-|-|-|\n| 1 | Tom | Immediately |\n| 2 | Eve | 1 hour |',
      ['1 0-60 Tom', '2 60- Eve'],
    ],
    ['- L1 (0-90 seconds): Tom\n- L2 (90+ seconds): Eve', ['L1 0-1.5 Tom', 'L2 1.5- Eve']],
    ['1. 0-10 min → Tom\n2. 10+ min → Eve', ['L1 0-10 Tom', 'L2 10- Eve']],
    [
      '- Immediately: page the primary\n- After 15 minutes: page the secondary on call',
      ['L1 0-15 primary', 'L2 15- secondary on call'],
    ],
    ['- Page Tom at once\n- If unresolved after 30 minutes, call Eve', ['L1 0-30 Tom', 'L2 30- Eve']],
    ['0-10 minutes: Tom\n10+ minutes: Eve', ['L1 0-10 Tom', 'L2 10- Eve']],
    [
      'Page Tom immediately. After 20 minutes page\nEve on Slack. She knows more.',
      ['L1 0-20 Tom', 'L2 20- Eve'],
    ],
  ])('%j', (markdown, expected) => {
    expect(levelsOf(markdown)).toEqual(expected);
  });

  it('without times is said, and no error', () => {
    const plan = compileRunbook('# R\n\n## Escalation\n\n| Case | Who |\n|-|-|\n| Data loss | Eve |\n');
    expect(plan.escalation).toEqual([]);
    expect(
      plan.problems.filter(({ code }) => code === 'RB005').map(({ level, line }) => [level, line]),
    ).toEqual([['warning', 5]]);
  });
});

describe('branches', () => {
  it.each([
    ["#### If it's a Node Issue", 'Node Issue'],
    ['#### 3.2.1 If it is the database', 'database'],
    ['#### When the cache is cold', 'cache is cold'],
    ['#### In case of a network partition:', 'network partition'],
    ['#### Falls es ein Knoten ist', 'Knoten'],
    ["#### Si c'est la base de données", 'base de données'],
    ['#### Si es un nodo', 'nodo'],
    ['#### Database problems', 'Database problems'],
    ["**If it's a node:**", 'node'],
    ["If it's the node:", 'node'],
  ])('%s', (heading, when) => {
    const plan = compileRunbook(
      `# R\n\n## Phase 1: A (0-5 min)\n\n${heading}\n\n\`\`\`sh\nkubectl get nodes\n\`\`\`\n`,
    );
    expect(plan.branches.map((branch) => [branch.phase, branch.when, branch.actions.length])).toEqual([
      [1, when, 1],
    ]);
  });

  it.each(['#### When to escalate', '#### If needed', '#### Check for node issues'])(
    '%s is none',
    (heading) => {
      const plan = compileRunbook(
        `# R\n\n## Phase 1: A (0-5 min)\n\n${heading}\n\n\`\`\`sh\nkubectl get nodes\n\`\`\`\n`,
      );
      expect(plan.branches).toEqual([]);
    },
  );
});

describe('text', () => {
  it('loses its marks in titles and points, and keeps what is written', () => {
    const plan = compileRunbook(
      '# R\n\n## Phase 1: A (0-5 min)\n\n1. **Open** the [console](https://x.y/a(b)c "t") <b>now</b>, `a_b` & _c_ \\*d\\* 1 &lt; 2 snake_case <https://e.f> <node-name>\n',
    );
    expect(factsOf(plan)).toContain(
      '  manual: Open the console now, a_b & c *d* 1 < 2 snake_case https://e.f <node-name>',
    );
  });

  it('that is not understood is prose, and no error', () => {
    const odd =
      '<table><tr><td>P0</td></tr></table>\n\n!!! note\n    kubectl delete everything\n\n[^1]: note\n\n$$x$$\n\n:::warning\nx\n:::\n\n+++\n\n***\n';
    const plan = compileRunbook(`# R\n\n${odd}\n## Phase 1: A (0-5 min)\n\n- a\n`);
    expect(plan.problems.filter((problem) => problem.level === 'error')).toEqual([]);
    expect(plan.phases[0]?.steps).toHaveLength(1);
  });
});
