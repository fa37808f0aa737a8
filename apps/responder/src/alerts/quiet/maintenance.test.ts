import { expect, it } from 'vitest';
import { type MaintenanceConfig, intakeSchema } from '../intake-config.ts';
import { maintenanceAt } from './maintenance.ts';

const windows = (...given: object[]): readonly MaintenanceConfig[] =>
  intakeSchema.parse({ maintenance: given }).maintenance;
const at = (text: string): number => Date.parse(text);
const activeAt = (window: object, text: string): boolean =>
  maintenanceAt(windows(window), at(text))[0]?.active ?? false;

it('lasts from its start until before its end', () => {
  const once = { name: 'move', startsAt: '2026-03-01T10:00:00Z', endsAt: '2026-03-01T12:00:00+01:00' };
  expect(activeAt(once, '2026-03-01T09:59:59Z')).toBe(false);
  expect(activeAt(once, '2026-03-01T10:00:00Z')).toBe(true);
  expect(activeAt(once, '2026-03-01T11:00:00Z')).toBe(false);
  expect(maintenanceAt(windows(once), at('2026-03-02T00:00:00Z'))[0]).toMatchObject({ startsAt: null });
});

it('keeps the local time of its zone over the change to summer time', () => {
  const nightly = { name: 'backup', at: '02:30', minutes: 60, timeZone: 'Europe/Berlin' };
  expect(activeAt(nightly, '2026-01-15T01:45:00Z')).toBe(true);
  expect(activeAt(nightly, '2026-07-15T01:45:00Z')).toBe(false);
  expect(activeAt(nightly, '2026-07-15T00:45:00Z')).toBe(true);
  // 02:30 does not exist in that night: it begins an hour later by the clock on the wall.
  expect(activeAt(nightly, '2026-03-29T01:45:00Z')).toBe(true);
});

it('goes on over midnight, on its days only', () => {
  const sunday = { name: 'weekly', days: ['sunday'], at: '23:30', minutes: 90 };
  expect(activeAt(sunday, '2026-03-01T23:45:00Z')).toBe(true);
  expect(activeAt(sunday, '2026-03-02T00:59:00Z')).toBe(true);
  expect(activeAt(sunday, '2026-03-02T01:00:00Z')).toBe(false);
  expect(activeAt(sunday, '2026-03-02T23:45:00Z')).toBe(false);
  expect(maintenanceAt(windows(sunday), at('2026-03-02T01:00:00Z'))[0]?.startsAt).toBe(
    at('2026-03-08T23:30:00Z'),
  );
});

it.each([
  [{ name: 'x', at: '25:00', minutes: 1 }, /time of day/],
  [{ name: 'x', at: '02:00', minutes: 1, timeZone: 'Mars/Base' }, /time zone/],
  [{ name: 'x', startsAt: 'soon', endsAt: 'later' }, /an instant such as/],
])('%j is refused', (window, message) => {
  const parsed = intakeSchema.safeParse({ maintenance: [window] });
  expect(parsed.success ? '' : JSON.stringify(parsed.error.issues)).toMatch(message);
});
