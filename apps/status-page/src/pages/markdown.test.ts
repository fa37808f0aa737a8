import { expect, it } from 'vitest';
import { plainText } from './markdown.ts';

it.each([
  ['**All** of it _fails_ `now`', 'All of it fails now'],
  ['see https://status.example.com/a_b_c for more', 'see https://status.example.com/a_b_c for more'],
  ['[the page](https://status.example.com/x_y) says it', 'the page (https://status.example.com/x_y) says it'],
  ['[https://example.com](https://example.com)', 'https://example.com'],
  ['__retry_after__ is 3', 'retry_after is 3'],
])('"%s" reads "%s" without marks', (text, plain) => {
  expect(plainText(text)).toBe(plain);
});
