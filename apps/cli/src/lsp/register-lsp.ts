import { Console } from 'node:console';
import type { Command } from 'commander';

/** Adds `tocsin lsp` to the program: the language server that editors start; it speaks over stdin and stdout until they go away. */
export function registerLsp(program: Command): void {
  program
    .command('lsp')
    .description('language server for editors: problems, fixes, hover and outline of a runbook, over stdio')
    .option('--stdio', 'speak over stdin and stdout (the only transport, and the default)')
    .option('--clientProcessId <pid>', 'end when this process is gone')
    .action(async () => {
      // Nothing but the protocol may reach stdout, whoever prints.
      globalThis.console = new Console(process.stderr);
      // Loaded here only: the library takes a while to load, and looks at the command line when it is.
      const { serveStdio } = await import('./serve-stdio.ts');
      serveStdio();
    });
}
