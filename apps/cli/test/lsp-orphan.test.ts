import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { startLspClient, tocsin } from './lsp-client.ts';

const initialize = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { processId: null, rootUri: null, capabilities: {} },
});

/** An editor that starts the server, hands on its first answer, and then only waits. The server shares its stderr. */
const editor = `
const { spawn } = require('node:child_process');
const server = spawn(process.execPath, [${JSON.stringify(tocsin)}, 'lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
const body = ${JSON.stringify(initialize)};
server.stdin.write('Content-Length: ' + body.length + '\\r\\n\\r\\n' + body);
server.stdout.pipe(process.stdout);
`;

describe('a server whose client goes away', { timeout: 120_000 }, () => {
  it('ends when the client is killed', async () => {
    const client = spawn(process.execPath, ['--eval', editor], { stdio: ['ignore', 'pipe', 'pipe'] });
    await once(client.stdout, 'data');
    const closed = once(client, 'close');
    client.kill('SIGKILL');
    // Closed only when the last process that holds the client's stderr has ended: the server.
    expect(await closed).toEqual([null, 'SIGKILL']);
  });

  it('ends when the process that initialize named is gone, though the pipe is still open', async () => {
    const parent = spawn(process.execPath, ['--eval', 'setInterval(() => {}, 1e6)'], { stdio: 'ignore' });
    await once(parent, 'spawn');
    const client = startLspClient();
    await client.initialize({}, parent.pid);
    parent.kill('SIGKILL');
    expect(await client.ended()).toBe(1);
  });

  it('ends when stdin ends', async () => {
    const client = startLspClient();
    await client.initialize();
    client.server.stdin?.end();
    expect(await client.ended()).toBe(1);
  });
});
