import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { metricNames } from '../../src/export/metric-names.ts';

const page = readFileSync(new URL('../../../../docs/exporters.md', import.meta.url), 'utf8');

it('the page of exporters lists every key with its default', () => {
  const rows = Array.from(page.matchAll(/^\| `([a-z-]+)` \| (?:`([^`]*)`)? ?\|/gm), ([, key, value = '']) => [
    key,
    value,
  ]);
  const result = metricNames({}, {});
  expect('names' in result ? Object.entries(result.names) : result).toEqual(rows);
});
