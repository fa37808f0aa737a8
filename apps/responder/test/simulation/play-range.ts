import { createGround, play } from './play.ts';

/**
 * A process of its own: plays the histories from one seed to before another, and says on standard output, a line each: its seed,
 * deaths, messages. With `--tell`, also what happens in each before it does, after a tab. Ends with 1 and the broken promise at the first.
 */
const [from = '1', to = String(Number(from) + 1), tells] = process.argv.slice(2);
const tell = tells === '--tell' ? (what: string): void => say(`\t${what}`) : undefined;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const ground = await createGround();
for (let seed = Number(from); seed < Number(to); seed += 1) {
  const { deaths, messages } = await play(ground, seed, tell);
  say(`${seed}\t${deaths}\t${messages}`);
}
