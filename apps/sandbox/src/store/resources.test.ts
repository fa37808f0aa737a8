import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { apiVersionOf, resourceOf, resources } from './index.ts';

test('docs/sandbox.md lists the resources, each with its API and names, and no others', () => {
  const page = readFileSync(new URL('../../../../docs/sandbox.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| ([A-Z]\w+) \| (\S+) \| ([a-z, ]+) \|/gm)].map(
    ([, ...cells]) => cells,
  );
  const known = resources.map((one) => [
    one.kind,
    apiVersionOf(one),
    [one.plural, ...(one.shortNames ?? [])].join(', '),
  ]);
  expect(listed).toEqual(known);
});

test('each kind leads to its resource', () => {
  for (const resource of resources) expect(resourceOf(resource.kind)).toBe(resource);
});
