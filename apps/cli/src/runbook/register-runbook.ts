import type { RunbookView } from '@tocsin/contract';
import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';
import { diffText, runbookText } from './print-runbook.ts';

/** `tocsin runbook ...`: the version in use, what an edited one changes, and a person's yes to it. */
export function registerRunbook(program: Command): void {
  const runbook = program.command('runbook').description('the version in use, and an edited one beside it');
  withConnection(runbook.command('show').description('the version in use, and what stands beside it')).action(
    async (options: ConnectOptions) => print(options, await connect(options).runbook(), runbookText),
  );
  withConnection(runbook.command('diff').description('what the offered version does differently')).action(
    async (options: ConnectOptions) => print(options, await connect(options).runbook(), diffText),
  );
  withConnection(
    runbook.command('adopt <hash>').description('take the offered version into use, named by its hash'),
  ).action(async (hash: string, options: ConnectOptions) => {
    const client = connect(options);
    const full = fullHash(hash, await client.runbook());
    print(options, await client.adoptRunbook(full), runbookText);
  });
}

/** The offered version's hash that starts with `given`. Throws when that is too short, or another one is offered. */
export function fullHash(
  given: string,
  { offered, refused }: Pick<RunbookView, 'offered' | 'refused'>,
): string {
  const expected =
    offered === null
      ? `no version is offered${refused === null ? '' : `: ${refused.hash.slice(0, 12)} was refused, ${refused.because}`}`
      : `expected the offered ${offered.hash.slice(0, 12)}`;
  if (offered === null || !/^[0-9a-f]{8,64}$/.test(given) || !offered.hash.startsWith(given))
    throw new Error(`adopt ${given}: ${expected} (at least 8 hexadecimal digits)`);
  return offered.hash;
}

function print(options: ConnectOptions, view: RunbookView, text: (view: RunbookView) => string): void {
  console.log(options.json ? JSON.stringify(view) : text(view));
}
