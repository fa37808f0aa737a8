import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { colors as pc } from '../colors.ts';
import { places } from '../up/places.ts';
import { startStack } from '../up/stack.ts';
import { findRunning, openStateDir, type RunFile } from '../up/state.ts';
import { chooseDrills, isSeeing } from './choose-drills.ts';
import type { DrillFlags } from './drill-flags.ts';
import { drills } from './drills.ts';
import { playAll } from './play-all.ts';
import { seeAll } from './see-all.ts';

/** `tocsin drill`: an outage on purpose, on the running stack or on one of its own that is taken away again. */
export function registerDrill(program: Command): void {
  program
    .command('drill [name]')
    .description('inject a real fault, follow the response, print the score card; exit 1 on a miss')
    .option('--list', 'list the drills')
    .option(
      '--all',
      'run every drill, one after the other on one stack; without --approve, what is seen is judged',
    )
    .option('--only <names>', 'with --all: these drills only, divided by commas')
    .option(
      '--seeing',
      'judge detection, page, severity and diagnosis only: the drill lifts the fault itself',
    )
    .option('--record <dir>', 'with --seeing or --all: keep each drill as a recording for "tocsin replay"')
    .option(
      '--approve',
      'approve what the document proposes; without it, a control run: what the platform heals by itself',
    )
    .option('--hold <duration>', 'shorten the stability watch, for example 10s')
    .option('--limit <duration>', 'lift the fault after this long at the latest', '6m')
    .option('--node <name>', 'the node to hit; default: one with an API pod and no database')
    .option('--kill-responder <duration>', 'kill the responder with -9 this long after the first page')
    .option('--runbook <file>', 'the runbook to run, for a stack of its own', places.runbook)
    .option('--state-dir <dir>', 'state folder of a running "tocsin up"', '.tocsin')
    .option('--own', 'always start a stack of its own, also beside a running one')
    .option('--json', 'print one JSON object a drill')
    .action(drill);
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const say = (text: string): void => console.error(pc.dim(text));

async function drill(name: string | undefined, flags: DrillFlags): Promise<void> {
  if (flags.list) {
    list(flags);
    return;
  }
  const chosen = chooseDrills(drills, name, flags);
  const seeing = isSeeing(chosen, flags);
  const stopping = new AbortController();
  const stack = await findStack(flags);
  for (const signal of signals)
    process.once(signal, () => {
      say('stopping: the fault is lifted first');
      stopping.abort();
    });
  const going = { flags, run: stack.run, stop: stopping.signal, say };
  try {
    await (seeing ? seeAll(chosen, going) : playAll(chosen, going));
  } finally {
    await stack.stop();
  }
}

function list(flags: DrillFlags): void {
  console.log(
    flags.json
      ? JSON.stringify(drills)
      : drills.map((one) => `${one.name.padEnd(28)} ${one.kind.padEnd(8)} ${one.title}`).join('\n'),
  );
}

/** The running stack, or one of the drill's own in a temporary folder. */
async function findStack(flags: DrillFlags): Promise<{ run: () => RunFile; stop: () => Promise<void> }> {
  const state = openStateDir(flags.stateDir);
  if (!flags.own && findRunning(state) !== null)
    return { run: () => must(findRunning(state)), stop: async () => {} };
  return startOwn(flags);
}

async function startOwn(flags: DrillFlags): Promise<{ run: () => RunFile; stop: () => Promise<void> }> {
  const folder = mkdtempSync(join(tmpdir(), 'tocsin-drill-'));
  // Readable as a path: as root, PostgreSQL runs as another user and must get there.
  chmodSync(folder, 0o711);
  const own = openStateDir(folder);
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  const starting = startStack({ state: own, config: null, runbook: flags.runbook, port: 0, onProgress: say });
  const early = (): void => void starting.then((late) => late.stop()).finally(() => process.exit(130));
  for (const signal of signals) process.once(signal, early);
  const stack = await starting.catch((error: unknown) => {
    say(`logs: ${own.path}/logs`);
    throw error;
  });
  for (const signal of signals) process.off(signal, early);
  const stop = async (): Promise<void> => {
    await stack.stop();
    if (process.exitCode === undefined || process.exitCode === 0) remove();
    else say(`logs: ${own.path}/logs`);
  };
  return { run: () => must(findRunning(own)), stop };
}

function must(run: RunFile | null): RunFile {
  if (run === null) throw new Error('the stack of the drill is gone');
  return run;
}
