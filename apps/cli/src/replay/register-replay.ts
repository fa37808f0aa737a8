import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Command } from 'commander';
import { places } from '../up/places.ts';

interface ReplayFlags {
  readonly runbook: string;
  readonly json?: boolean;
}

/** `tocsin replay`: what would have been concluded of recorded outages, faster than they happened. */
export function registerReplay(program: Command): void {
  program
    .command('replay <dir...>')
    .description(
      'run detection, classification and diagnosis over recorded outages; exit 1 when one was judged wrongly',
    )
    .option('--runbook <file>', 'the runbook whose thresholds and severities count', places.runbook)
    .option('--json', 'print one JSON object a recording')
    .action(replay);
}

async function replay(paths: readonly string[], { runbook, json }: ReplayFlags): Promise<void> {
  const args = [places.replay, '--runbook', runbook, ...(json ? ['--json'] : []), '--', ...paths];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  const [code] = (await once(child, 'exit')) as [number | null];
  process.exitCode = code ?? 2;
}
