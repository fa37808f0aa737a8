import { expect, test } from 'vitest';
import { shownOf, summaryText } from './summary-text.ts';

const lines = Array.from({ length: 199 }, (_, index) => ({
  id: `m-${index}`,
  incidentId: `inc_${index}`,
  number: index + 2,
  subject: `[P0] #${index + 2} everything fails`,
  body: 'everything fails',
  acknowledged: index === 0,
}));

test('it counts what waits, names the first, and says where the others are', () => {
  const { subject, body } = summaryText(shownOf(lines), 'https://tocsin.example.org');
  expect(subject).toBe('198 pages at once: #3, #4, #5, #6, #7 and 193 more incidents');
  expect(body).toContain('[P0] #22 everything fails\nand 178 more\n');
  expect(body).not.toContain('#2 everything');
  expect(body).toContain('https://tocsin.example.org');
});
