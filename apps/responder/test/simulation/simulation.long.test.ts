import { expect, test } from 'vitest';
import { createGround, play } from './play.ts';

const histories = 100_000;
/** Other histories than those that `npm test` plays. */
const firstSeed = 1_000_000;

test(
  'a hundred thousand random histories keep every promise',
  async () => {
    const ground = await createGround();
    let deaths = 0;
    let messages = 0;
    for (let seed = firstSeed; seed < firstSeed + histories; seed += 1) {
      const played = await play(ground, seed);
      deaths += played.deaths;
      messages += played.messages;
    }
    process.stdout.write(
      `${histories} histories, ${deaths} deaths, ${messages} messages, 0 broken promises\n`,
    );
    expect(deaths).toBeGreaterThan(histories / 4);
  },
  4 * 3_600_000,
);
