import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileRunbook, sidecarName, sidecarSkeleton, type Plan } from '../src/index.ts';
import { actionsOf } from './facts.ts';

const text = `# R

## Alerts

- Everything drags (>2 s)

## Phase 1: A (0-5 min)

1. Look
   \`\`\`bash
   kubectl get nodes
   kubectl get pods -n a
   \`\`\`

### If it is the disk

\`\`\`bash
kubectl delete pod a -n b
\`\`\`

## Checklist

- [ ] Tom knows
`;

/** By SHA-256 of Node, not of the compiler. */
function sha(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}

function hashOf(statement: string): string {
  return sha(statement).slice(0, 16);
}

/** Codes at the statement below the branch. */
function hits(plan: Plan): string[] {
  return plan.problems.filter(({ line }) => line === 18).map(({ code }) => code);
}

function compile(sidecar: string, markdown = text): Plan {
  return compileRunbook(markdown, { file: 'docs/r.md', sidecar });
}

function ofSidecar(plan: Plan): string[] {
  return plan.problems
    .filter(({ code }) => code.startsWith('RB30'))
    .map(
      ({ code, level, file, line, column, message }) =>
        `${level} ${code} ${file}:${line}:${column} ${message}`,
    );
}

const DISK = `  disk-1:\n    hash: "${hashOf('kubectl delete pod a -n b')}"\n`;

describe('a sidecar', () => {
  it('lies beside its runbook', () => {
    expect(sidecarName('docs/outage.md')).toBe('docs/outage.bind.yaml');
    expect(sidecarName('OUTAGE.MD')).toBe('OUTAGE.bind.yaml');
    expect(sidecarName('notes')).toBe('notes.bind.yaml');
  });

  it('binds actions, steps, branches, detectors and checklist lines', () => {
    const plan = compile(`service: shop
namespace: prod
placeholders: {node-name: diagnosis}
bindings:
${DISK}    approvals: 1
    timeout: 10m
    check: fleet-healthy
    probe: postgres
    purpose: verify
  a-look:
    hash: "${hashOf('Look\nkubectl get nodes\nkubectl get pods -n a')}"
    timeout: 20s
  disk:
    hash: "${hashOf('disk\nkubectl delete pod a -n b')}"
    causes: disk-pressure, node-failure
  detector-everything-drags:
    hash: "${hashOf('Everything drags (>2 s)')}"
    kind: latency
  line-tom-knows:
    hash: "${hashOf('Tom knows')}"
    evidence: notified
`);
    expect(ofSidecar(plan)).toEqual([]);
    expect(plan.settings).toEqual({
      service: 'shop',
      namespace: 'prod',
      'placeholders.node-name': 'diagnosis',
    });
    expect(actionsOf(plan).map(({ timeoutMs }) => timeoutMs)).toEqual([20_000, 20_000, 600_000]);
    expect(plan.branches[0]).toMatchObject({
      causes: ['disk-pressure', 'node-failure'],
      actions: [{ approvals: 1, check: 'fleet-healthy', probe: 'postgres', purpose: 'verify' }],
    });
    expect(plan.detectors[0]).toMatchObject({
      kind: 'latency',
      bound: true,
      threshold: { op: '>', value: 2, unit: 's' },
    });
    expect(plan.checklist[0]?.evidence).toBe('notified');
  });

  it('allows a code at what it binds, with a reason', () => {
    const allowing = `bindings:\n${DISK}    allow: RB060 RB062\n    because: it is on purpose\n`;
    expect(hits(compile(''))).toContain('RB060');
    expect(hits(compile(allowing))).not.toContain('RB060');
    expect(ofSidecar(compile(`bindings:\n${DISK}    allow: RB060\n`))[0]).toContain('without "because"');
  });

  it('is part of the hash of the plan, and no sidecar is none', () => {
    expect(compileRunbook(text).hash).toBe(sha(text));
    expect(compile('service: a\n').hash).toBe(sha(`${text}\u0000service: a\n`));
    expect(compile('').hash).not.toBe(compileRunbook(text).hash);
  });

  it('adds to what the document says, and does not overrule it', () => {
    const own = `---\ntocsin: {service: mine}\n---\n${text}`;
    expect(compile('service: other\nnamespace: n\n', own).settings).toEqual({
      service: 'mine',
      namespace: 'n',
    });
  });
});

describe('a stale binding', () => {
  const changed = text.replace('pod a -n b', 'pod c -n b');
  const now = hashOf('kubectl delete pod c -n b');

  it('is said at the place of the statement, with both hashes', () => {
    const plan = compile(`bindings:\n${DISK}    timeout: 10m\n`, changed);
    expect(plan.problems.find(({ code }) => code === 'RB301')).toMatchObject({
      level: 'warning',
      file: 'docs/r.md',
      line: 18,
      column: 1,
      endColumn: 26,
      suggestion: `hash: "${now}"`,
    });
    const [message = ''] = ofSidecar(plan);
    expect(message).toContain(hashOf('kubectl delete pod a -n b'));
    expect(message).toContain(now);
    expect(message).toContain('docs/r.bind.yaml:2');
  });

  it('still makes stricter, and no longer loosens', () => {
    const strict = compile(
      `bindings:\n${DISK}    approvals: 2\n    manual: Tom does it\n    timeout: 10m\n`,
      changed,
    );
    expect(actionsOf(strict).at(-1)).toMatchObject({
      approvals: 2,
      manual: 'Tom does it',
      timeoutMs: 60_000,
    });
    const loose = compile(`bindings:\n${DISK}    approvals: 1\n`, changed);
    expect(actionsOf(loose).at(-1)?.approvals).toBe(2);
  });

  it('of a detector follows its threshold', () => {
    const binding = `bindings:\n  detector-everything-drags:\n    hash: "${hashOf('Everything drags (>2 s)')}"\n    kind: latency\n`;
    const plan = compile(binding, text.replace('>2 s', '>3 s'));
    expect(ofSidecar(plan)).toEqual([expect.stringMatching(/^warning RB301 docs\/r.md:5:3 /)]);
    expect(plan.detectors[0]?.kind).not.toBe('latency');
  });

  it('is not made by line ends or by places', () => {
    const moved = `Prose.\n\n${text}`.replaceAll('\n', '\r\n');
    expect(ofSidecar(compile(`bindings:\n${DISK}    approvals: 1\n`, moved))).toEqual([]);
  });
});

describe('a mistaken sidecar', () => {
  it.each([
    [
      'an unknown id',
      `bindings:\n  nope:\n    hash: "${'0'.repeat(16)}"\n`,
      /^warning RB302 docs\/r.bind.yaml:2:3 binding "nope"/,
    ],
    [
      'no hash',
      'bindings:\n  disk-1:\n    approvals: 1\n',
      /^error RB303 docs\/r.bind.yaml:2:3 .*found no hash.*it is "[0-9a-f]{16}" today/,
    ],
    [
      'half a hash',
      'bindings:\n  disk-1:\n    hash: abc\n',
      /^error RB303 docs\/r.bind.yaml:3:5 .*found hash "abc"/,
    ],
    [
      'a weaker effect',
      `bindings:\n${DISK}    effect: read\n`,
      /^error RB303 docs\/r.bind.yaml:4:5 .*"destroy" or stronger/,
    ],
    [
      'no approval',
      `bindings:\n${DISK}    approvals: 0\n`,
      /^error RB303 docs\/r.bind.yaml:4:5 .*at least 1/,
    ],
    [
      'an unknown key',
      `bindings:\n${DISK}    aprovals: 2\n`,
      /^error RB303 docs\/r.bind.yaml:4:5 .*expected one of effect, approvals/,
    ],
    ['an unknown part', 'binding: {}\n', /^error RB303 docs\/r.bind.yaml:1:1 .*expected one of bindings/],
    ['a list', 'bindings: [a, b]\n', /^error RB303 docs\/r.bind.yaml:1:1 .*expected keys below it/],
    ['only text', 'hello\n', /^error RB303 docs\/r.bind.yaml:1:1 .*found no keys/],
    [
      'an id twice',
      'bindings:\n  a: {hash: x}\n  a: {hash: y}\n',
      /^error RB303 docs\/r.bind.yaml:3:3 .*unique/,
    ],
    ['no YAML', 'bindings:\n  a: [b\n', /^error RB303 docs\/r.bind.yaml:3:1 .*expected YAML/],
    [
      'a map where a text is expected',
      `bindings:\n${DISK}    check: {a: b}\n`,
      /^error RB303 docs\/r.bind.yaml:4:5 .*expected a text/,
    ],
    ['an unknown topic', 'headings:\n  foo: [x]\n', /^error RB303 docs\/r.bind.yaml:2:3 .*no topic/],
    [
      'an unknown detector kind',
      `bindings:\n  detector-everything-drags:\n    hash: "${hashOf('Everything drags (>2 s)')}"\n    kind: slow\n`,
      /^error RB303 docs\/r.bind.yaml:4:5 .*kind of detector/,
    ],
    ['endless depth', '{a: '.repeat(30_000), /^error RB303 docs\/r.bind.yaml:\d+:\d+ .*expected YAML/],
    ['too much', `# ${'x'.repeat(600_000)}`, /^error RB303 docs\/r.bind.yaml:1:1 .*at most 500000/],
  ])('%s', (_, sidecar, problem) => {
    expect(ofSidecar(compile(sidecar))).toEqual([expect.stringMatching(problem)]);
  });

  it('reads scalars as they stand, whatever YAML would make of them', () => {
    const plan = compile('service: 010\nnamespace: no\nplaceholders: {a: 1e3, __proto__: x}\n');
    expect(ofSidecar(plan)).toEqual([]);
    expect(plan.settings).toMatchObject({ service: '010', namespace: 'no', 'placeholders.a': '1e3' });
  });
});

describe('a fresh sidecar', () => {
  it.each(['plain-outage-runbook', 'redis-cache', 'versand', 'deep-lists'])(
    'of %s binds without a problem',
    (name) => {
      const markdown = readFileSync(new URL(`fixtures/${name}.md`, import.meta.url), 'utf8');
      const plan = compileRunbook(markdown);
      const sidecar = sidecarSkeleton(plan);
      expect(sidecar.match(/hash: "[0-9a-f]{16}"/g)?.length).toBeGreaterThan(actionsOf(plan).length);
      const bound = compileRunbook(markdown, { sidecar });
      expect(ofSidecar(bound)).toEqual([]);
      expect({ ...bound, hash: '' }).toEqual({ ...plan, hash: '' });
    },
  );
});
