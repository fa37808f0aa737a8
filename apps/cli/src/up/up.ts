import type { Command } from 'commander';
import { colors as pc } from '../colors.ts';
import { loginUrl } from './login-url.ts';
import { places } from './places.ts';
import { type Stack, startStack } from './stack.ts';
import { findRunning, openStateDir } from './state.ts';

interface UpOptions {
  readonly stateDir: string;
  readonly config?: string;
  readonly runbook: string;
  readonly port: string;
  readonly json?: boolean;
}

/** `tocsin up`: starts everything, says what can be tried, and stays until Ctrl-C. */
export function registerUp(program: Command): void {
  program
    .command('up')
    .description('start the responder; without a configuration, on the sandbox with a database of its own')
    .option('--config <file>', 'configuration for a real cluster (YAML)')
    .option('--runbook <file>', 'the runbook to run in the sandbox', places.runbook)
    .option('--state-dir <dir>', 'where data, logs and keys lie', '.tocsin')
    .option('--port <port>', 'port of the console', '7433')
    .option('--json', 'one JSON object a line')
    .action(runUp);
}

async function runUp(options: UpOptions): Promise<void> {
  const state = openStateDir(options.stateDir);
  const running = findRunning(state);
  if (running)
    throw new Error(`already running on ${state.path} (process ${running.supervisorPid}): ${running.url}`);
  const port = parsePort(options.port);
  const startedAt = performance.now();
  const say = (message: string): void =>
    print(options, { event: 'progress', message }, `${pc.dim(seconds(startedAt))} ${message}`);
  const stopAsked = waitForSignal();
  const abandon = new AbortController();
  const starting = startStack({
    state,
    config: options.config ?? null,
    runbook: options.runbook,
    port,
    onProgress: say,
    signal: abandon.signal,
  });
  const stack = await Promise.race([starting, stopAsked.then(() => null)]);
  if (stack === null) {
    say('stopping: asked while starting');
    abandon.abort();
    await starting.then((late) => late.stop()).catch(() => {});
    say('stopped');
    return;
  }
  print(
    options,
    { event: 'ready', ...readyFacts(stack), seconds: (performance.now() - startedAt) / 1000 },
    banner(stack, seconds(startedAt)),
  );
  const reason = await Promise.race([stopAsked, stack.broken]);
  say(`stopping: ${reason}`);
  await stack.stop();
  say('stopped; the data stays');
  process.exitCode = reason === 'asked' ? 0 : 1;
}

/** 0 takes any free port. Throws on anything that is not a TCP port. */
function parsePort(text: string): number {
  const port = /^\d+$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535)
    throw new Error(`--port ${text}: expected a number from 0 (any free one) to 65535`);
  return port;
}

function waitForSignal(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve('asked'));
  });
}

const seconds = (startedAt: number): string =>
  `${((performance.now() - startedAt) / 1000).toFixed(1).padStart(5)} s`;

function print(options: UpOptions, line: object, text: string): void {
  console.log(options.json ? JSON.stringify(line) : text);
}

function readyFacts(stack: Stack): object {
  const { responder, sandbox, statusPage } = stack;
  return {
    url: responder.url,
    loginLinks: responder.loginLinks,
    responderPid: stack.responderPid(),
    runbookNotice: responder.runbookNotice,
    statusPage,
    kubeconfig: sandbox?.kubeconfig ?? null,
    mailbox: sandbox?.mailbox.httpUrl ?? null,
  };
}

function banner(stack: Stack, took: string): string {
  const { responder, sandbox, statusPage } = stack;
  const link = (person: string): string => loginUrl(responder.loginLinks, person) ?? responder.url;
  const lines = [
    '',
    pc.bold(`Tocsin is watching (ready after ${took.trim()})`),
    '',
    `  console      ${pc.cyan(link('primary'))}`,
    `  second key   ${pc.cyan(link('secondary'))}`,
    pc.dim('               each link signs in once; "tocsin login" prints a new one'),
  ];
  if (statusPage !== null) lines.push(`  status page  ${pc.cyan(statusPage)}`);
  if (responder.runbookNotice !== null)
    lines.push(
      '',
      pc.yellow(`  runbook      ${responder.runbookNotice}`),
      pc.dim('               tocsin runbook show'),
    );
  if (sandbox)
    lines.push(
      `  kubeconfig   ${sandbox.kubeconfig}`,
      `  mailbox      ${sandbox.mailbox.httpUrl}`,
      '',
      'Three things to try, in another terminal:',
      `  npx tocsin drill node-failure --approve --hold 10s     a node dies, the runbook runs`,
      `  npx tocsin drill node-failure                          the same, and you approve in the console`,
      `  kubectl --kubeconfig ${sandbox.kubeconfig} get pods -n ${sandbox.namespace} -o wide`,
    );
  return [...lines, '', pc.dim('Ctrl-C stops everything; the data stays.')].join('\n');
}
