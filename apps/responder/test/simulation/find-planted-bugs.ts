import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Broken } from './broken.ts';
import type { createGround, play } from './play.ts';
import { plantedBugs, type PlantedBug } from './planted-bugs.ts';

/**
 * A process of its own: loads the responder's source once a planted bug, with the bug in it, and plays histories until one
 * of them breaks a promise. Says on standard output, a line each: number of the bug, the promise, the history.
 */
const responder = new URL('../../', import.meta.url).href;
const [most = '1000'] = process.argv.slice(2);

registerHooks({
  // Every module of the responder takes part in its importer's bug.
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    const bug = new URL(context.parentURL ?? 'file:///').searchParams.get('bug');
    const own = found.url.startsWith(responder) && !found.url.includes('node_modules');
    return bug === null || !own ? found : { ...found, url: `${found.url}?bug=${bug}` };
  },
  load: (url, context, next) => {
    const { searchParams, pathname } = new URL(url);
    const bug = plantedBugs[Number(searchParams.get('bug') ?? Number.NaN)];
    if (bug === undefined || !pathname.endsWith(`/src/${bug.file}`)) return next(url, context);
    return {
      ...next(url, context),
      source: withBug(bug, readFileSync(fileURLToPath(url.split('?')[0] ?? ''), 'utf8')),
    };
  },
});

function withBug({ name, file, from, to }: PlantedBug, source: string): string {
  if (!source.includes(from)) throw new Error(`"${name}": ${file} no longer says ${from}`);
  return source.replace(from, () => to);
}

interface Playing {
  readonly createGround: typeof createGround;
  readonly play: typeof play;
}

async function firstBroken(playing: Playing, from: number): Promise<string> {
  const ground = await playing.createGround();
  for (let seed = from; seed < from + Number(most); seed += 1) {
    const broken = await playing.play(ground, seed).then(
      () => null,
      (error: unknown) => (error as Partial<Broken>).invariant ?? (error as Error).message,
    );
    if (broken !== null) return `${broken}\t${seed}`;
  }
  return `none\t${most}`;
}

for (const [index, { shownBy = 1 }] of plantedBugs.entries()) {
  const playing = (await import(`./play.ts?bug=${index}`)) as Playing;
  process.stdout.write(`${index}\t${await firstBroken(playing, shownBy)}\n`);
}
