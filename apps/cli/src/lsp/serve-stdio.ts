import {
  createConnection,
  ProposedFeatures,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { serve } from './serve.ts';

/**
 * Serves one client over stdin and stdout. The process ends on `exit` and when its client goes away: at the end of stdin, or when the
 * process that `initialize` names is gone (the library looks every three seconds). Exit code 0 after `shutdown`, otherwise 1.
 */
export function serveStdio(): void {
  const reader = new StreamMessageReader(process.stdin);
  const connection = createConnection(ProposedFeatures.all, reader, new StreamMessageWriter(process.stdout));
  let exitCode = 1;
  connection.onShutdown(() => {
    exitCode = 0;
  });
  process.stdin.once('close', () => process.exit(exitCode));
  // After a header without a length the reader waits for more input, even when the next message has already arrived.
  reader.onError(() => void process.stdin.emit('data', Buffer.alloc(0)));
  serve(connection);
}
