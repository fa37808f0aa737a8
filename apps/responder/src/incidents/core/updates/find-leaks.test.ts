import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLeaks, sayLeak } from './find-leaks.ts';
import { noNames, type InternalNames, type LeakKind } from './leak.ts';

const names: InternalNames = {
  people: ['Dana Meyer', 'dana@example.org'],
  pods: ['api-7'],
  nodes: ['node-b', 'kn2'],
  namespaces: ['platform', 'team-a'],
  tenants: ['acme', 't3'],
  hosts: ['db.example.com'],
  publicHosts: ['status.example.com'],
};

const found = (text: string): readonly string[] =>
  findLeaks(text, names).map(({ kind, text: said, line, column }) => `${line}:${column} ${kind} ${said}`);

describe('what must not be told outside', () => {
  test.each([
    ['Dana Meyer is on it', '1:1 person Dana Meyer'],
    ['ask dana meyer', '1:5 person dana meyer'],
    ['Thanks to Dana', '1:11 person Dana'],
    ['write to dana@example.org', '1:10 person dana@example.org'],
    ['We drain\nnode-b now', '2:1 node node-b'],
    ['on node/n1', '1:4 node node/n1'],
    ['machine ip-10-1-2-3 is gone', '1:9 node ip-10-1-2-3'],
    ['api-7 restarts', '1:1 pod api-7'],
    ['multitenant-api-7c9d8f6b5-x2x4z is gone', '1:1 pod multitenant-api-7c9d8f6b5-x2x4z'],
    ['we restart statefulset/postgres', '1:12 pod statefulset/postgres'],
    ['in team-a', '1:4 namespace team-a'],
    ['in the platform namespace', '1:8 namespace platform'],
    ['in namespace platform', '1:14 namespace platform'],
    ['-n platform', '1:4 namespace platform'],
    ['customer ACME is hit', '1:10 tenant ACME'],
    ['T3 fails', '1:1 tenant T3'],
    ['10.1.2.3.', '1:1 address 10.1.2.3'],
    ['fe80::1 fails', '1:1 address fe80::1'],
    ['2001:db8:0:0:0:0:0:1', '1:1 address 2001:db8:0:0:0:0:0:1'],
    ['postgres.platform.svc', '1:1 host postgres.platform.svc'],
    ['reads of db.example.com', '1:10 host db.example.com'],
    ['see https://grafana.example.org/d/1', '1:5 url https://grafana.example.org/d/1'],
    ['postgres://status.example.com/x', '1:1 url postgres://status.example.com/x'],
    ['localhost fails', '1:1 host localhost'],
  ])('%s', (text, leak) => {
    expect(found(text)).toEqual([leak]);
  });

  test.each([
    ['Bearer abcdefghijkl'],
    ['password=hunter22'],
    ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl'],
    ['AKIAABCDEFGHIJKLMNOP'],
    ['0123456789abcdef0123456789abcdef'],
    ['-----BEGIN RSA PRIVATE KEY-----'],
  ])('the secret in "%s" is found, and not said again', (text) => {
    const [leak] = findLeaks(`it says ${text}`, noNames);
    expect(leak?.kind).toBe('token');
    expect(leak?.text.length).toBeLessThanOrEqual(5);
  });

  test.each([
    ['Our platform serves most requests again; since 14:05:30 UTC one in 3.5 fails.'],
    ['Read https://status.example.com/incidents/12, e.g. at 14:05 UTC.'],
    ['Version 1.2.3 is being undone. We will tell more by 15:00 UTC.'],
    ['No tenant data was lost; donations and management work.'],
    ['Between 14:00 and 14:30 UTC, up to 34 % of requests failed (12/40).'],
  ])('"%s" tells nothing', (text) => {
    expect(found(text)).toEqual([]);
  });

  test.each([
    ['no**de**-b', '1:1 node no**de**-b'],
    ['no\u200bde-b', '1:1 node no\u200bde-b'],
    ['ｎｏｄｅ-b', '1:1 node ｎｏｄｅ-b'],
    ['ac\u00adme', '1:1 tenant ac\u00adme'],
    ['node&#45;b', '1:1 node node&#45;b'],
    ['no~~de~~-b', '1:1 node no~~de~~-b'],
    ['node\u2011b', '1:1 node node\u2011b'],
    ['10&#x2e;0.0.1', '1:1 address 10&#x2e;0.0.1'],
    ['DB-01.PROD.INTERNAL', '1:1 host DB-01.PROD.INTERNAL'],
  ])('it does not hide: %s', (text, leak) => {
    expect(found(text)).toEqual([leak]);
  });

  test('is said with its place', () => {
    expect(findLeaks('a\n  node-b', names).map(sayLeak)).toEqual(['line 2, column 3: the node "node-b"']);
  });
});

const label = fc.stringMatching(/^[a-z][a-z0-9]{1,6}-[a-z0-9]{1,6}[0-9]$/);
const words = fc.array(
  fc.constantFrom('requests', 'fail', 'again', 'since', 'noon', 'we', 'work', 'on', 'it', '\n'),
  {
    maxLength: 12,
  },
);
const domain = fc.stringMatching(/^[a-z]{2,5}\.[a-z]{2,5}\.[a-z]{2,3}$/);
const kinds = ['pods', 'nodes', 'namespaces', 'tenants', 'hosts', 'people'] as const;
const kindOf: Readonly<Record<(typeof kinds)[number], LeakKind>> = {
  pods: 'pod',
  nodes: 'node',
  namespaces: 'namespace',
  tenants: 'tenant',
  hosts: 'host',
  people: 'person',
};

describe('for any names', () => {
  test('a name is found wherever it stands, as what it is, at its place', () => {
    fc.assert(
      fc.property(words, words, label, fc.constantFrom(...kinds), (before, after, name, kind) => {
        const head = before.join(' ');
        const body = `${head} ${name}, ${after.join(' ')}`;
        const leaks = findLeaks(body, { ...noNames, [kind]: [name] });
        const lines = `${head} `.split('\n');
        expect(leaks).toEqual([
          { kind: kindOf[kind], text: name, line: lines.length, column: (lines.at(-1) ?? '').length + 1 },
        ]);
      }),
    );
  });

  test('of a text without any nothing is held back', () => {
    fc.assert(
      fc.property(words, fc.array(label, { maxLength: 5 }), (text, list) => {
        const all = { people: list, pods: list, nodes: list, namespaces: list, tenants: list, hosts: list };
        expect(findLeaks(text.join(' '), { ...all, publicHosts: [] })).toEqual([]);
      }),
    );
  });

  test('without what was found, nothing is found', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            words.map((some) => some.join(' ')),
            label,
            fc.ipV4(),
            domain,
            domain.map((host) => `https://${host}/d?x=1`),
          ),
          { maxLength: 8 },
        ),
        label,
        (parts, node) => {
          const body = parts.join(' ');
          const rest = findLeaks(body, { ...noNames, nodes: [node] }).reduceRight(
            (text, leak) => withoutLeak(text, leak),
            body,
          );
          const left = findLeaks(rest, { ...noNames, nodes: [node] }).filter((one) => one.kind !== 'token');
          expect(left).toEqual([]);
        },
      ),
    );
  });
});

function withoutLeak(
  body: string,
  { line, column, text }: { line: number; column: number; text: string },
): string {
  const lines = body.split('\n');
  const one = lines[line - 1] ?? '';
  lines[line - 1] =
    `${one.slice(0, column - 1)}${' '.repeat(text.length)}${one.slice(column - 1 + text.length)}`;
  return lines.join('\n');
}
