import { describe, expect, it } from 'vitest';
import { compileRunbook, type Action, type Plan } from '../src/index.ts';
import { actionsOf } from './facts.ts';

const HEAD = '# R\n\n## Phase 1: A (0-5 min)\n\n';

function fence(
  attributes: string,
  command = 'kubectl delete pod a -n b',
): { action: Action; problems: string[] } {
  const plan = compileRunbook(`${HEAD}\`\`\`bash ${attributes}\n${command}\n\`\`\`\n`);
  const [action] = actionsOf(plan);
  if (action === undefined) throw new Error('the fence holds no action');
  return { action, problems: ofAnnotations(plan) };
}

function ofAnnotations(plan: Plan): string[] {
  return plan.problems
    .filter(({ code }) => code === 'RB003' || code === 'RB025')
    .map(({ level, line, message }) => `${level} ${line} ${message}`);
}

describe('attributes of a fence', () => {
  it('set what they name', () => {
    const { action, problems } = fence(
      '{"name":"kill-pod","tocsin-effect":"destroy","tocsin-approvals":"2","tocsin-timeout":"10m","tocsin-check":"fleet-healthy","tocsin-probe":"postgres","tocsin-purpose":"verify","tocsin-no-match":"ok","tocsin-manual":"Tom does it","tocsin-added":"true"}',
    );
    expect(problems).toEqual([]);
    expect(action).toMatchObject({
      id: 'kill-pod',
      effect: 'destroy',
      approvals: 2,
      timeoutMs: 600_000,
      check: 'fleet-healthy',
      probe: 'postgres',
      purpose: 'verify',
      noMatchOk: true,
      manual: 'Tom does it',
      added: true,
    });
  });

  it.each([
    ['{"name":"a","interactive":"false","background":"false","excludeFromRunAll":"false"}', {}],
    ['{"interactive":"true"}', { manual: 'its fence is marked interactive' }],
    ['{"background":"true"}', { manual: 'its fence is marked to run in the background' }],
    ['{"ignore":"true"}', { manual: 'its fence is marked to be ignored' }],
    ['{"excludeFromRunAll":"true"}', { approvals: 1 }],
    ['{ excludeFromRunAll=true interactive=false }', { approvals: 1 }],
    ['{"interactive":"true","tocsin-manual":"Tom"}', { manual: 'Tom' }],
  ])('of Runme keep their meaning: %s', (attributes, expected) => {
    const plain = fence('', 'kubectl get nodes').action;
    const { action, problems } = fence(attributes, 'kubectl get nodes');
    expect(problems).toEqual([]);
    const { id: _, ...rest } = { ...plain, ...expected };
    expect(action).toMatchObject(rest);
    expect(action.manual).toBe(rest.manual);
  });

  it('that exclude a change from a run of all take no approval away', () => {
    expect(fence('{"excludeFromRunAll":"true"}').action.approvals).toBe(2);
  });

  it.each([
    '{"cwd":"..","id":"01HF","mimeType":"text/plain","closeTerminalOnSuccess":"true","promptEnv":"no","category":"x","interpreter":"bash","terminalRows":"3","check":"their own","timeout":"soon"}',
    '{1,3-5}',
    '{linenos=table,hl_lines=[1,"3-4"]}',
    '{.numberLines startFrom="3"}',
    'title="x.sh" showLineNumbers',
    '{}',
    '{{ site.x }}',
  ])('of other tools are left alone: %s', (attributes) => {
    const { action, problems } = fence(attributes);
    expect(problems).toEqual([]);
    expect(action).toEqual(
      fence('').action.source === action.source ? action : { ...fence('').action, source: action.source },
    );
  });

  it('may carry the language', () => {
    const plan = compileRunbook(`${HEAD}\`\`\`{.bash #x}\nkubectl get nodes\n\`\`\`\n`);
    expect(actionsOf(plan).map(({ text }) => text)).toEqual(['kubectl get nodes']);
  });
});

describe('hostile or mistaken annotations are refused, and never applied', () => {
  const deep = `{"a":${'['.repeat(4000)}${']'.repeat(4000)}}`;
  const huge = `{"name":"${'x'.repeat(1_000_000)}"}`;

  it.each([
    ['too long', huge, 'expected at most 10000'],
    ['too deep', deep, 'expected a string'],
    ['a key twice', '{"tocsin-approvals":"2","tocsin-approvals":"1"}', 'given twice'],
    ['a key twice, escaped', '{"tocsin-approvals":"2","tocsin-\\u0061pprovals":"1"}', 'given twice'],
    ['a list', '{"tocsin-effect":["destroy"]}', 'expected a string'],
    ['nothing', '{"tocsin-effect":null}', 'expected a string'],
    ['cut off', '{"tocsin-effect":"des', 'expected a JSON object'],
    ['a weaker effect', '{"tocsin-effect":"mutate"}', '"destroy" or stronger'],
    ['no approval for a change', '{"tocsin-approvals":"0"}', 'at least 1'],
    ['a negative number', '{"tocsin-approvals":"-1"}', 'expected 0, 1 or 2'],
    ['no time', '{"tocsin-timeout":"0s"}', 'expected a duration'],
    ['an endless time', '{"tocsin-timeout":"forever"}', 'expected a duration'],
  ])('%s', (_, attributes, message) => {
    const { action, problems } = fence(attributes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^error 5 /);
    expect(problems[0]).toContain(message);
    expect(action).toMatchObject({ effect: 'destroy', approvals: 2, timeoutMs: fence('').action.timeoutMs });
  });

  it('a misspelt key is said', () => {
    expect(fence('{"tocsin-aprovals":"2"}').problems).toEqual([
      expect.stringMatching(/^warning 5 "tocsin-aprovals" is no key of an annotation/),
    ]);
  });

  it('a prototype is only a name', () => {
    const { action, problems } = fence('{"__proto__":"x","constructor":"y","tocsin-__proto__":"z"}');
    expect(problems).toEqual([expect.stringContaining('tocsin-__proto__')]);
    expect(Object.getPrototypeOf(action)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('comments', () => {
  it('before a fence, an item, a heading, and at the end of an item', () => {
    const plan = compileRunbook(`# R

## Alerts

<!-- tocsin: {"kind":"latency"} -->
- Everything drags (>2 s)
- Nothing works <!-- tocsin: {"kind":"health-check"} -->
- Odd numbers
  <!-- tocsin: {"metric":"odd_ratio","window":"5m"} -->

## Phase 1: A (0-5 min)

<!-- tocsin: {"causes":"disk-pressure"} -->
### If it is the disk

1. Clean
   <!-- tocsin: {"name":"clean","timeout":"90s"} -->
   \`\`\`bash
   kubectl get pv
   \`\`\`

## Checklist

- [ ] Tom knows <!-- tocsin: {"evidence":"notified"} -->
`);
    expect(ofAnnotations(plan)).toEqual([]);
    expect(plan.detectors.map(({ kind, bound }) => [kind, bound])).toEqual([
      ['latency', true],
      ['health-check', true],
      ['unknown', true],
    ]);
    expect(plan.branches[0]).toMatchObject({
      causes: ['disk-pressure'],
      actions: [{ id: 'clean', timeoutMs: 90_000 }],
    });
    expect(plan.checklist[0]).toMatchObject({ text: 'Tom knows', evidence: 'notified' });
  });

  it('of others, open or many, are left alone', () => {
    const plan = compileRunbook(
      `${HEAD}<!-- TODO: {"kind":1} -->\n\n<!-- tocsin -->\n\n- a <!-- b --> c\n\n<!-- open\n`,
    );
    expect(ofAnnotations(plan)).toEqual([]);
  });

  it('that are malformed are said at their place', () => {
    const plan = compileRunbook(
      `${HEAD}- a <!-- tocsin: {"kind":} -->\n\n<!-- tocsin: {"kindd":"x"} -->\n- b\n`,
    );
    expect(ofAnnotations(plan)).toEqual([
      expect.stringMatching(/^error 5 annotation: found {"kind":}/),
      expect.stringMatching(/^warning 7 "kindd" is no key/),
    ]);
  });
});

function compile(front: string): Plan {
  return compileRunbook(`---\n${front}\n---\n${HEAD}- a\n`, { file: 'r.md' });
}

describe('front matter', () => {
  it('gives settings, and only those below tocsin', () => {
    expect(
      compile('title: x\ntocsin:\n  service: s\n  namespace: n\n  placeholders: {node-name: diagnosis}')
        .settings,
    ).toEqual({ service: 's', namespace: 'n', 'placeholders.node-name': 'diagnosis' });
  });

  it.each(['title: Foo: bar: baz', 'layout: page\nx: [', 'cwd: ..\nshell: bash\nrunme:\n  id: 01HF'])(
    'of another tool is its own business: %j',
    (front) => {
      expect(ofAnnotations(compile(front))).toEqual([]);
      expect(compile(front).phases).toHaveLength(1);
    },
  );

  it.each([
    ['cut off', 'tocsin: [', /^error 2 /],
    ['a key twice', 'a: 1\ntocsin:\n  service: s\n  service: t', /^error 5 .*unique/],
    ['no keys', 'tocsin: yes', /^error 2 .*expected keys below it/],
    ['headings that are none', 'tocsin:\n  headings: no', /^error \d .*expected topics/],
    ['too deep', `tocsin: ${'{a: '.repeat(2000)}`, /^error \d .*expected/],
    ['too long', `tocsin: {a: "${'x'.repeat(12_000)}"}`, /^error 1 .*at most 10000/],
    [
      'a bomb of aliases',
      'tocsin: {a: &a [x,x,x,x], b: &b [*a,*a,*a,*a], c: &c [*b,*b,*b,*b], d: [*c,*c,*c,*c]}',
      /^error 2 /,
    ],
  ])('that is malformed is said: %s', (_, front, problem) => {
    const plan = compile(front);
    expect(ofAnnotations(plan)).toEqual([expect.stringMatching(problem)]);
    expect(plan.phases).toHaveLength(1);
  });

  it('is no line above a title', () => {
    const plan = compileRunbook(`---\n\n${HEAD}- a\n\n---\n\nMore.\n`);
    expect(plan.name).toBe('R');
    expect(plan.phases).toHaveLength(1);
  });
});
