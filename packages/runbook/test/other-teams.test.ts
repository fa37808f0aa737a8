import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbook, type Plan } from '../src/index.ts';
import { actionsOf, factsOf, misplaced, misquoted } from './facts.ts';

const fixtures = new URL('fixtures/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, fixtures), 'utf8');
const names = readdirSync(fixtures)
  .filter((name) => name.endsWith('.facts.txt'))
  .map((name) => name.replace('.facts.txt', ''));

/** A plan without what depends on the bytes of its text. */
function meaning(plan: Plan): Plan {
  return { ...plan, hash: '' };
}

/** Lines of shell fences, as a person would copy them; transcripts count only what was typed. */
function commandLines(markdown: string): string[] {
  const inside: string[] = [];
  let closing: string | null = null;
  let typed = false;
  for (const raw of markdown.split('\n')) {
    const line = raw.replace(/^(?:\s|>)+/, '');
    const mark = /^(`{3,}|~{3,})/.exec(line)?.[1];
    if (closing === null && mark !== undefined) {
      closing = mark;
      typed = /console|shell-session/.test(line);
    } else if (mark !== undefined && mark === closing) closing = null;
    else if (closing !== null && (!typed || /^\$|^-l /.test(line)))
      inside.push(line.replace(/^\$\s/, '').trim());
  }
  return inside.filter((line) => line !== '' && !line.startsWith('#'));
}

describe.each(names)('the runbook %s', (name) => {
  const text = read(`${name}.md`);
  const plan = compileRunbook(text, { file: `${name}.md` });

  it('says what a person reads in it', () => {
    expect(factsOf(plan)).toEqual(read(`${name}.facts.txt`).trimEnd().split('\n'));
  });

  it('has each command word for word, once, at its exact place', () => {
    const written = actionsOf(plan).flatMap((action) => action.text.split('\n').map((line) => line.trim()));
    expect(written.toSorted()).toEqual(commandLines(text).toSorted());
    expect(misquoted(text, plan)).toEqual([]);
    expect(misplaced(text, plan)).toEqual([]);
  });

  it.each([
    ['Windows line ends', text.replaceAll('\n', '\r\n')],
    ['old Macintosh line ends', text.replaceAll('\n', '\r')],
    ['a byte order mark', `\uFEFF${text}`],
    ['blanks at the ends of its lines', text.replaceAll(/(?<=[^\s\\])\n/g, ' \n')],
  ])('is the same with %s', (_, other) => {
    const compiled = compileRunbook(other, { file: `${name}.md` });
    expect(factsOf(compiled)).toEqual(factsOf(plan));
    expect(misquoted(other, compiled)).toEqual([]);
  });

  it.each(['\r\n', '\r'])('is the same to the last place with line ends %j', (end) => {
    const compiled = compileRunbook(text.replaceAll('\n', end), { file: `${name}.md` });
    expect(meaning(compiled)).toEqual(meaning(plan));
  });
});

describe('the runbooks of other teams', () => {
  it('are many, and none has an error', () => {
    expect(names.length).toBeGreaterThanOrEqual(10);
    for (const name of names)
      expect(factsOf(compileRunbook(read(`${name}.md`))).filter((fact) => fact.startsWith('error'))).toEqual(
        [],
      );
  });
});

describe('a runbook of a megabyte', () => {
  const clusters = Array.from({ length: 3200 }, (_, index) => `c${index}`);
  const parts = clusters.map(
    (cluster, index) => `### ${index + 1}. Node failure in ${cluster}

**Symptoms**: pods of ${cluster} pend, nodes are gone
**Resolution**:

1. Look
   \`\`\`bash
   # All nodes of ${cluster}
   kubectl --context ${cluster} get nodes
   kubectl --context ${cluster} get pods -n shop -l app=orders | grep -v Running
   \`\`\`
2. Act
   \`\`\`bash
   kubectl --context ${cluster} cordon <node-name>
   \`\`\`
`,
  );
  const text = `# Many clusters\n\n## Phase 1: Look (0-5 min)\n\n- Look\n\n## Scenarios\n\n${parts.join('\n')}`;
  const plan = compileRunbook(text);

  it('is that long', () => {
    expect(text.length).toBeGreaterThan(1_000_000);
  });

  it('has every scenario, in order, with its symptoms and commands', () => {
    expect(plan.scenarios.map((scenario) => scenario.name)).toEqual(
      clusters.map((cluster) => `Node failure in ${cluster}`),
    );
    expect(plan.scenarios.map((scenario) => scenario.symptoms)).toEqual(
      clusters.map((cluster) => [`pods of ${cluster} pend`, 'nodes are gone']),
    );
    expect(plan.scenarios.map((scenario) => scenario.actions.map((action) => action.text))).toEqual(
      clusters.map((cluster) => [
        `kubectl --context ${cluster} get nodes`,
        `kubectl --context ${cluster} get pods -n shop -l app=orders | grep -v Running`,
        `kubectl --context ${cluster} cordon <node-name>`,
      ]),
    );
  });

  it('has every command at its place, under an id of its own', () => {
    expect(misquoted(text, plan)).toEqual([]);
    const ids = actionsOf(plan).map((action) => action.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
