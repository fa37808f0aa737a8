import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatements } from '../actions/parse-statements.ts';
import { effectOfPipeline } from '../effect/effect-of-argv.ts';
import { placeholdersIn } from '../grammar/placeholder.ts';
import { bindPlaceholders } from './bind-placeholders.ts';

function action(text: string) {
  const pipeline = parseStatements(text)[0]?.pipeline ?? null;
  return { pipeline, placeholders: placeholdersIn(text), effect: effectOfPipeline(pipeline ?? []) };
}

const drain = action('kubectl drain <node-name> --ignore-daemonsets | grep <pattern>');

const HOSTILE = [
  '',
  ' ',
  'a b',
  '-rf',
  '--force',
  '--all',
  'a;reboot',
  '$(reboot)',
  '`reboot`',
  'a\nb',
  'a\u0000b',
  "a'b",
  'a"b',
  'a|b',
  'a>b',
  '*',
  '../x',
  'node\u202Eb',
  'nоde',
  'ＮＯＤＥ',
  '<node-name>',
  'Node-B',
  'a'.repeat(254),
  'node-b-',
];

describe('bindPlaceholders', () => {
  it('keeps `<node-name>` whole, though a shell would see two redirects', () => {
    expect(drain.pipeline).toEqual([
      ['kubectl', 'drain', '<node-name>', '--ignore-daemonsets'],
      ['grep', '<pattern>'],
    ]);
  });

  it('fills one argument', () => {
    expect(bindPlaceholders(drain, { 'node-name': 'node-b', pattern: 'evicting' })).toEqual({
      pipeline: [
        ['kubectl', 'drain', 'node-b', '--ignore-daemonsets'],
        ['grep', 'evicting'],
      ],
    });
  });

  it('names what is missing', () => {
    expect(bindPlaceholders(drain, { pattern: 'x' })).toEqual({ missing: ['node-name'] });
    expect(bindPlaceholders(action('kubectl cordon <constructor>'), {})).toEqual({
      missing: ['constructor'],
    });
  });

  it.each(HOSTILE)('refuses %j as a node name', (value) => {
    const result = bindPlaceholders(drain, { 'node-name': value, pattern: 'x' });
    expect(result).toMatchObject({ invalid: [{ name: 'node-name' }] });
  });

  it.each(HOSTILE.filter((value) => !['Node-B', 'node-b-'].includes(value)))(
    'refuses %j as a free value',
    (value) => {
      expect(bindPlaceholders(drain, { 'node-name': 'a', pattern: value })).toMatchObject({
        invalid: [{ name: 'pattern' }],
      });
    },
  );

  it.each([
    ['pod-count', '3', '3x'],
    ['namespace', 'platform', 'a.b'],
    ['pod-name', 'a.b-1', 'A'],
    ['since', '1h30m', '1 h'],
    ['api-url', 'https://x.example/a?b=c', 'file:///etc/passwd'],
    ['api-url', 'http://x', 'https://a@b'],
    ['pod-ip', '10.0.0.1', '10.0.0.1/8'],
    ['tenant-id', 'T_1', 'a/../b'],
    ['anything', 'a/b:c@d', 'a/../b'],
    ['anything', '/a/..b', '..'],
  ])('takes <%s> as its kind says: %s, not %s', (name, good, bad) => {
    const one = action(`kubectl get <${name}>`);
    expect(bindPlaceholders(one, { [name]: good })).toHaveProperty('pipeline');
    expect(bindPlaceholders(one, { [name]: bad })).toHaveProperty('invalid');
  });

  it.each([
    ['kubectl <what-to-do> pod a', { 'what-to-do': 'delete' }],
    ['kubectl rollout restart <kind>/a', { kind: 'statefulset' }],
    ['curl -X <method> https://x', { method: 'DELETE' }],
    ['redis-cli <command>', { command: 'FLUSHALL' }],
    ['kubectl get pods -o <format> | <program>', { format: 'json', program: 'rm' }],
  ])('refuses a value with which %j does more harm than was approved', (text, values) => {
    expect(bindPlaceholders(action(text), values)).toHaveProperty('invalid');
  });

  it('never puts a secret into argv, nor its value into the refusal', () => {
    const result = bindPlaceholders(action('curl -H "Authorization: Bearer <valid-jwt>" https://x'), {
      'valid-jwt': 'eyJhbGciOi',
    });
    expect(result).toMatchObject({ invalid: [{ name: 'valid-jwt' }] });
    expect(JSON.stringify(result)).not.toContain('eyJhbGciOi');
  });

  it('never changes the number of arguments, whatever the value', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (node, pattern) => {
        const result = bindPlaceholders(drain, { 'node-name': node, pattern });
        if (!('pipeline' in result)) return;
        expect(result.pipeline.map((argv) => argv.length)).toEqual([4, 2]);
        expect(result.pipeline[0]?.[2]).toBe(node);
        expect(node).toMatch(/^[a-z0-9]/);
        expect(pattern).not.toMatch(/^-/);
      }),
    );
  });

  it('does not fill a placeholder that came in by a value', () => {
    const two = action('kubectl get <node-name> <pattern>');
    expect(bindPlaceholders(two, { 'node-name': 'a', pattern: '<node-name>' })).toHaveProperty('invalid');
  });
});
