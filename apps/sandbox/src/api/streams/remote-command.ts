import { createWebSocketStream } from 'ws';
import { notImplemented, type Pod } from '#store';
import { containerOf } from '../pod-log.ts';
import type { PodPrograms, RunningProgram } from '../ports.ts';
import type { ApiContext, ApiRequest, Handler } from '../reply.ts';
import type { NamedTarget } from '../target.ts';
import { webSocketChannels, type Channels } from './channels.ts';
import { servePorts } from './forward-ports.ts';
import { requireWebSocket, upgraded } from './upgrade.ts';

/** kubectl up to 1.32 loses what arrives before it has made its streams, and says nothing when it has. */
const CLIENT_READY_MS = 200;

/** What became of a command, as the closing `Status` of exec. */
function outcome(code: number): string {
  if (code === 0) return JSON.stringify({ metadata: {}, status: 'Success' });
  return JSON.stringify({
    metadata: {},
    status: 'Failure',
    message: `command terminated with non-zero exit code: exit status ${code}`,
    reason: 'NonZeroExitCode',
    details: { causes: [{ reason: 'ExitCode', message: String(code) }] },
  });
}

/** Carries input and output until the program ends or the client leaves; undefined then, else the exit code. */
async function carry(program: RunningProgram, channels: Channels): Promise<number | undefined> {
  const unfollow = program.follow((name, chunk) => channels.write(name, chunk));
  if (program.stdin !== undefined) channels.stdin.pipe(program.stdin, { end: false });
  const code = await Promise.race([program.finished, channels.closed.then(() => undefined)]);
  unfollow();
  return code;
}

interface Session {
  programs: PodPrograms;
  pod: Pod;
  container: string;
  query: URLSearchParams;
}

async function attach({ programs, pod, container }: Session, channels: Channels): Promise<void> {
  const program = await programs.attach(pod, container);
  const once = pod.spec.containers.find(({ name }) => name === container)?.stdinOnce === true;
  if (once) channels.stdin.once('end', () => program.stdin?.end());
  // Whoever attaches is told that the program ended, not how: that is the pod's status.
  if ((await carry(program, channels)) !== undefined) channels.write('error', outcome(0));
}

async function exec({ programs, pod, container, query }: Session, channels: Channels): Promise<void> {
  const io = { stdin: query.get('stdin') === 'true', tty: query.get('tty') === 'true' };
  const program = await programs.exec(pod, container, query.getAll('command'), io);
  channels.stdin.once('end', () => program.stdin?.end());
  const code = await carry(program, channels);
  if (code === undefined) program.killTree();
  else channels.write('error', outcome(code));
}

async function run(act: typeof exec, session: Session, channels: Channels): Promise<void> {
  try {
    await act(session, channels);
  } catch (error) {
    channels.write('error', JSON.stringify({ metadata: {}, status: 'Failure', message: String(error) }));
  }
  channels.close();
}

function sessionOf(
  { store, ports }: ApiContext,
  target: NamedTarget,
  request: ApiRequest,
): Omit<Session, 'container'> {
  if (ports.programs === undefined) throw notImplemented(`${request.method} on pods/${target.subresource}`);
  requireWebSocket(request);
  return { programs: ports.programs, pod: store.require('Pod', target), query: request.query };
}

function answer(act: typeof exec): Handler {
  return (context, target, request) => {
    const part = sessionOf(context, target, request);
    const session = { ...part, container: containerOf(part.pod, request.query.get('container')) };
    return upgraded(['v5.channel.k8s.io', 'v4.channel.k8s.io'], (socket) => {
      const channels = webSocketChannels(socket);
      setTimeout(() => void run(act, session, channels), CLIENT_READY_MS);
    });
  };
}

/** The main process of a container: its input, and its output from the beginning of the run. */
export const answerAttach = answer(attach);

/** A command beside the main process of a container; it ends when its client leaves. */
export const answerExec = answer(exec);

/** Connections to ports of a pod, each a pair of SPDY streams in the messages of a WebSocket. */
export const answerPortForward: Handler = (context, target, request) => {
  const { programs, pod } = sessionOf(context, target, request);
  const serve = servePorts(pod, (port) => programs.connect(pod, port));
  return upgraded(['SPDY/3.1+portforward.k8s.io'], (socket) => serve(createWebSocketStream(socket)));
};
