import { describe, expect, test } from 'vitest';
import { applyPatchOf, mergePatch, strategicPatch } from './merge-patch.ts';

const containers = [
  { name: 'api', image: 'api:1', env: [{ name: 'A', value: '1' }], ports: [{ containerPort: 80 }] },
  { name: 'side', image: 'side:1' },
];

describe('strategic merge', () => {
  test('finds the container, the variable and the port by their keys', () => {
    const patch = {
      containers: [
        {
          name: 'api',
          env: [
            { name: 'B', value: '2' },
            { name: 'A', value: '3' },
          ],
          ports: [{ containerPort: 81 }],
        },
      ],
    };
    expect(strategicPatch({ containers }, patch)).toEqual({
      containers: [
        {
          name: 'api',
          image: 'api:1',
          env: [
            { name: 'A', value: '3' },
            { name: 'B', value: '2' },
          ],
          ports: [{ containerPort: 80 }, { containerPort: 81 }],
        },
        { name: 'side', image: 'side:1' },
      ],
    });
  });

  test('deletes items, replaces lists, keeps the order that is asked for', () => {
    expect(strategicPatch({ containers }, { containers: [{ name: 'side', $patch: 'delete' }] })).toEqual({
      containers: [containers[0]],
    });
    expect(strategicPatch({ containers }, { containers: [{ $patch: 'replace' }, { name: 'x' }] })).toEqual({
      containers: [{ name: 'x' }],
    });
    const patch = {
      '$setElementOrder/containers': [{ name: 'side' }, { name: 'api' }],
      containers: [{ name: 'side', image: 'side:2' }],
    };
    expect(strategicPatch({ containers }, patch)).toEqual({
      containers: [{ name: 'side', image: 'side:2' }, containers[0]],
    });
  });

  test('lists without a merge key are replaced, null deletes, directives do not stay', () => {
    expect(strategicPatch({ args: ['a', 'b'], x: 1, y: 2 }, { args: ['c'], x: null })).toEqual({
      args: ['c'],
      y: 2,
    });
    expect(
      strategicPatch(
        { strategy: { rollingUpdate: {}, type: 'RollingUpdate' } },
        { strategy: { $retainKeys: ['type'], type: 'Recreate' } },
      ),
    ).toEqual({
      strategy: { type: 'Recreate' },
    });
    expect(
      strategicPatch({ finalizers: ['a', 'b'] }, { '$deleteFromPrimitiveList/finalizers': ['a'] }),
    ).toEqual({ finalizers: ['b'] });
  });

  test('does not change what it was given', () => {
    const target = Object.freeze({ labels: Object.freeze({ a: '1' }) });
    expect(strategicPatch(target, { labels: { b: '2' } })).toEqual({ labels: { a: '1', b: '2' } });
  });
});

test('a merge patch follows RFC 7396', () => {
  expect(mergePatch({ a: { b: 1, c: 2 }, d: [1, 2] }, { a: { b: null }, d: [3] })).toEqual({
    a: { c: 2 },
    d: [3],
  });
});

test('the content type decides, and what is unknown is refused by name', () => {
  const add = [{ op: 'add', path: '/b', value: 2 }];
  expect(applyPatchOf('application/json-patch+json', { a: 1 }, add)).toEqual({ a: 1, b: 2 });
  expect(() =>
    applyPatchOf('application/json-patch+json', {}, [{ op: 'replace', path: '/x/y', value: 1 }]),
  ).toThrow(/due to an error/);
  expect(() => applyPatchOf('application/apply-patch+yaml', {}, undefined)).toThrow(/server-side apply/);
  expect(() => applyPatchOf('text/plain', {}, {})).toThrow(/unknown format: text\/plain/);
});
