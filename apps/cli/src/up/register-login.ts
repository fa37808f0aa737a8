import type { Command } from 'commander';
import { connect, type ConnectOptions, withConnection } from '../connect.ts';

/** `tocsin login`: a new one-time link for the console. */
export function registerLogin(program: Command): void {
  withConnection(
    program.command('login').description('print a one-time link that signs in to the console'),
  ).action(async (options: ConnectOptions) => {
    const link = await connect(options).createLoginLink();
    console.log(options.json ? JSON.stringify(link) : link.url);
  });
}
