import { expect, test } from 'vitest';
import { Harness, after, start } from '../../../test/harness.ts';

const said = (from: string, to: string | null, reason = 'the log of the gateway says so') =>
  ({
    kind: 'correct-impact',
    startAt: start + after(from),
    endAt: to === null ? null : start + after(to),
    reason,
  }) as const;

test('a person corrects when clients were harmed; what was measured stays on record', async () => {
  const h = await new Harness().opened();
  const { impactStartAt, mitigatedAt } = await h.incident();
  await h.at('4min');
  await h.by('primary', said('1min', '3min'));
  await h.by('primary', said('2min', null));
  const { impactCorrection, ...incident } = await h.incident();
  expect(impactCorrection).toMatchObject({ startAt: start + after('2min'), endAt: null });
  expect(impactCorrection?.by).toMatchObject({ id: 'primary' });
  expect(incident).toMatchObject({ impactStartAt, mitigatedAt, status: 'open' });
});

test.each([
  ['primary', said('3min', '2min'), 'a start before its end'],
  ['primary', said('1min', '9min'), 'both to have passed'],
  ['primary', said('9min', null), 'a start before its end'],
  ['primary', { ...said('1min', null), startAt: start - 31 * 24 * 3_600_000 }, 'at most 30 days before'],
  ['primary', said('1min', '2min', ' '), 'reason is empty'],
  ['viewer', said('1min', '2min'), 'responder is needed'],
])('refused: %s, %j', async (person, body, why) => {
  const h = await new Harness().opened();
  await h.at('4min');
  await expect(h.by(person, body)).rejects.toThrow(why);
});
