import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { playInSlices } from './play-in-slices.ts';

const player = fileURLToPath(new URL('fixtures/player-that-hangs.ts', import.meta.url));

function play(range: { readonly from: number; readonly to: number }, said: string[] = []) {
  return playInSlices(range, { seedsASlice: 4, silenceMs: 2500, player, said: (line) => said.push(line) });
}

test('what was played is summed up, and said slice by slice', async () => {
  const said: string[] = [];
  expect(await play({ from: 10, to: 16 }, said)).toEqual({ histories: 6, deaths: 6, messages: 12 });
  expect(said.toSorted()).toEqual([
    'histories 10 to 13: 4 deaths, 8 messages',
    'histories 14 to 15: 2 deaths, 4 messages',
  ]);
});

test('a history that does not end fails with its seed and what happened last', async () => {
  await expect(play({ from: 1, to: 5 })).rejects.toThrow(
    'history 3: every-history-ends: it did not end\nlast: detect, approve',
  );
});
