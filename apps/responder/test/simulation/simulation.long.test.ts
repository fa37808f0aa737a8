import { expect, test } from 'vitest';
import { playInSlices } from './play-in-slices.ts';

/** Other histories than those that `npm test` plays. */
const first = 1_000_000;
const histories = 100_000;
/** `FIRST_HISTORY=1040000 npm run test:long` goes on where it was interrupted. */
const from = Number(process.env['FIRST_HISTORY'] ?? first);

test(
  'a hundred thousand random histories end and keep every promise',
  async () => {
    const played = await playInSlices(
      { from, to: first + histories },
      {
        seedsASlice: 1000,
        silenceMs: 300_000,
        said: (line) => process.stdout.write(`${line}\n`),
      },
    );
    process.stdout.write(
      `${played.histories} histories, ${played.deaths} deaths, ${played.messages} messages, 0 broken promises\n`,
    );
    expect(played.histories).toBe(first + histories - from);
    expect(played.deaths).toBeGreaterThan(played.histories / 4);
  },
  12 * 3_600_000,
);
