import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import type { Diagnostic } from 'vscode-languageserver/node';

/** The command as it is installed. */
export const tocsin = fileURLToPath(new URL('../bin/tocsin.js', import.meta.url));

interface Published {
  readonly uri: string;
  readonly version?: number;
  readonly diagnostics: Diagnostic[];
}

/** An editor without a screen: it starts `tocsin lsp` and speaks the protocol with it. */
export interface LspClient {
  readonly rpc: MessageConnection;
  readonly server: ChildProcess;
  initialize(capabilities?: object, processId?: number): Promise<unknown>;
  open(uri: string, text: string, languageId?: string): void;
  change(uri: string, version: number, contentChanges: readonly object[]): void;
  /** What was published for a version of a document, waiting until it is. */
  published(uri: string, version: number): Promise<Diagnostic[]>;
  /** Versions of a document for which something was published, in order of arrival. */
  versionsOf(uri: string): (number | undefined)[];
  /** Exit code of the server, waiting until it ends. */
  ended(): Promise<number | null>;
}

export function startLspClient(): LspClient {
  const server = spawn(process.execPath, [tocsin, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const rpc = createMessageConnection(server.stdout, server.stdin);
  const exit = once(server, 'exit');
  const messages: Published[] = [];
  const news = new EventEmitter();
  rpc.onNotification('textDocument/publishDiagnostics', (message: Published) => {
    messages.push(message);
    news.emit('published');
  });
  rpc.listen();

  const published = async (uri: string, version: number): Promise<Diagnostic[]> => {
    for (;;) {
      const found = messages.findLast((message) => message.uri === uri && message.version === version);
      if (found !== undefined) return found.diagnostics;
      await once(news, 'published');
    }
  };

  return {
    rpc,
    server,
    initialize: async (capabilities = {}, processId = process.pid) => {
      const result = await rpc.sendRequest('initialize', { processId, rootUri: null, capabilities });
      await rpc.sendNotification('initialized', {});
      return result;
    },
    open: (uri, text, languageId = 'markdown') =>
      void rpc.sendNotification('textDocument/didOpen', {
        textDocument: { uri, languageId, version: 1, text },
      }),
    change: (uri, version, contentChanges) =>
      void rpc.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges }),
    published,
    versionsOf: (uri) => messages.filter((message) => message.uri === uri).map(({ version }) => version),
    ended: async () => {
      await exit;
      return server.exitCode;
    },
  };
}
