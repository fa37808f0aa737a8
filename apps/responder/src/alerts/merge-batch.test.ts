import { expect, it } from 'vitest';
import { at, ends, fires, write } from './fixtures/deliveries.ts';
import { type Gathered, mergeBatches } from './merge-batch.ts';

/** What each batch says, in short. */
const said = (...items: readonly Gathered[]) =>
  mergeBatches(items, at).map(({ alerts, words }) =>
    [
      ...alerts.map((one) => `${one.fingerprint}${one.alert.endsAt > at ? '+' : '-'}`),
      ...words.map((one) => `${one.fingerprint} ${one.word}`),
    ].join(', '),
  );
const acknowledges = (fingerprint: string): Gathered => ({
  ...ends(fingerprint),
  words: [{ fingerprint, word: 'acknowledged' }],
});

it.each<readonly [string, readonly Gathered[], readonly string[]]>([
  ['nothing', [], []],
  ['one word each', [fires(write('a')), fires(write('b')), ends('c')], ['a+, b+, c ended']],
  ['the last of two words', [fires(write('a')), fires(write('a', 1))], ['a+']],
  ['an end after a start', [fires(write('a')), ends('a'), fires(write('b'))], ['a+', 'b+, a ended']],
  ['an end by its time', [fires(write('a')), fires(write('a', 0, at - 1))], ['a+', 'a-']],
  ['a return', [ends('a'), fires(write('a')), ends('a')], ['a ended', 'a+', 'a ended']],
  ['an acknowledgement after a start', [fires(write('a')), acknowledges('a')], ['a+', 'a acknowledged']],
  ['an end, not undone by an acknowledgement', [ends('a'), acknowledges('a')], ['a ended']],
  ['an end that comes with a start', [{ ...fires(write('a')), words: ends('a').words }], ['a+', 'a ended']],
])('puts together %s', (_what, items, expected) => {
  expect(said(...items)).toEqual(expected);
});

it('has the newest text, and the first start', () => {
  const first = write('a');
  const next = { ...first, content: 2, receivedAt: at + 10, alert: { ...first.alert, startsAt: at + 5 } };
  expect(mergeBatches([fires(first), fires(next)], at)[0]?.alerts).toEqual([
    { ...next, receivedAt: at, alert: { ...next.alert, startsAt: at } },
  ]);
});

it('keeps what is malformed, and names beats once', () => {
  const beat = { ...write('a'), class: { ...write('a').class, beats: ['nightly'] } };
  const malformed = { place: 'body[0]', value: '1', expected: 'an object', item: '1', source: 'x' };
  const [batch] = mergeBatches(
    [{ ...fires(beat), malformed: [malformed] }, fires({ ...beat, fingerprint: 'b' })],
    at,
  );
  expect(batch).toMatchObject({ malformed: [malformed], beats: ['nightly'] });
});
