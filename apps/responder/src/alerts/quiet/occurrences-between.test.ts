import { expect, it } from 'vitest';
import { intakeSchema } from '../intake-config.ts';
import { occurrencesBetween } from './occurrences-between.ts';

const at = (text: string): number => Date.parse(text);

it('lists every time that the whole service is in maintenance, what lasts already included', () => {
  const { maintenance } = intakeSchema.parse({
    maintenance: [
      { name: 'weekly', days: ['sunday'], at: '23:30', minutes: 90 },
      {
        name: 'move',
        title: 'Move to new machines',
        startsAt: '2026-03-05T10:00:00Z',
        endsAt: '2026-03-05T12:00:00Z',
      },
      { name: 'part', at: '02:00', minutes: 60, matchers: ['job="backup"'] },
    ],
  });
  const found = occurrencesBetween(maintenance, at('2026-03-02T00:30:00Z'), at('2026-03-15T23:00:00Z'));
  expect(found.map(({ title, startsAt }) => [title, new Date(startsAt).toISOString()])).toEqual([
    ['weekly', '2026-03-01T23:30:00.000Z'],
    ['Move to new machines', '2026-03-05T10:00:00.000Z'],
    ['weekly', '2026-03-08T23:30:00.000Z'],
  ]);
  expect(occurrencesBetween([], 0, 1)).toEqual([]);
});
