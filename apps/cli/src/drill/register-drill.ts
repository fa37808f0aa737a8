import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import { colors as pc } from '../colors.ts';
import { parseDurationMs } from '../duration.ts';
import { places } from '../up/places.ts';
import { startStack } from '../up/stack.ts';
import { findRunning, openStateDir, type RunFile } from '../up/state.ts';
import { type DrillSpec, drills } from './drills.ts';
import { printScore } from './print-score.ts';
import { runDrill } from './run-drill.ts';
import type { ScoreCard } from './score.ts';

interface DrillFlags {
  readonly stateDir: string;
  readonly runbook: string;
  readonly own?: boolean;
  readonly approve?: boolean;
  readonly hold?: string;
  readonly limit: string;
  readonly node?: string;
  readonly killResponder?: string;
  readonly list?: boolean;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `tocsin drill`: an outage on purpose, on the running stack or on one of its own that is taken away again. */
export function registerDrill(program: Command): void {
  program
    .command('drill [name]')
    .description('inject a real fault, follow the response, print the score card; exit 1 on a miss')
    .option('--list', 'list the drills')
    .option('--all', 'run every drill')
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
    console.log(
      flags.json
        ? JSON.stringify(drills)
        : drills.map((one) => `${one.name.padEnd(20)} ${one.title}`).join('\n'),
    );
    return;
  }
  const chosen = choose(name, flags);
  const times = {
    holdMs: flags.hold === undefined ? null : parseDurationMs('--hold', flags.hold),
    limitMs: parseDurationMs('--limit', flags.limit),
    killAfterPageMs:
      flags.killResponder === undefined ? null : parseDurationMs('--kill-responder', flags.killResponder),
  };
  const stopping = new AbortController();
  const stack = await findStack(flags);
  for (const signal of signals)
    process.once(signal, () => {
      say('stopping: the fault is lifted first');
      stopping.abort();
    });
  try {
    for (const spec of chosen) {
      const card = await runDrill({
        spec,
        run: stack.run,
        approve: flags.approve ?? false,
        node: flags.node ?? null,
        say,
        stop: stopping.signal,
        ...times,
      });
      report(card, flags);
    }
  } finally {
    await stack.stop();
  }
}

function choose(name: string | undefined, flags: DrillFlags): readonly DrillSpec[] {
  if (flags.all) return drills;
  const spec = drills.find((one) => one.name === name);
  if (spec === undefined)
    throw new Error(
      `drill ${name ?? '(none)'}: not known; expected one of ${drills.map((one) => one.name).join(', ')}, or --all`,
    );
  return [spec];
}

function report(card: ScoreCard, flags: DrillFlags): void {
  console.log(flags.json ? JSON.stringify(card) : printScore(card));
  if (!card.passed) process.exitCode = 1;
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
