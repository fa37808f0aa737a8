import { setTimeout as sleep } from 'node:timers/promises';
import type { ContainerRecord } from './container-record.ts';
import { containerFiles } from './container-files.ts';
import type { Program } from './container-process.ts';
import { say, type ContainerRunnerOptions } from './container-runner-options.ts';
import { buildEnvironment, expand } from './environment.ts';
import type { ImageProgram } from './image-program.ts';
import { userCommand, type CommandPlace } from './user-command.ts';

const FIRST_PULL_WAIT_MS = 10_000;
const MAX_PULL_WAIT_MS = 300_000;
/** The kubelet looks at a pod again about this often; only then ErrImagePull becomes ImagePullBackOff. */
const SYNC_MS = 12_000;

/** A program ready to be started. */
export interface PreparedContainer {
  program: Program;
  stopSignal: NodeJS.Signals;
  /** What commands run in besides: its own directory and environment. */
  place: CommandPlace;
}

/** Pulls and configures a container, waiting and saying why as long as that fails. Undefined once `signal` aborts. */
export async function prepareContainer(
  options: ContainerRunnerOptions,
  record: ContainerRecord,
  signal: AbortSignal,
): Promise<PreparedContainer | undefined> {
  let waitMs = FIRST_PULL_WAIT_MS;
  while (!signal.aborted) {
    await options.context.gate.whenOpen();
    const resolved = options.context.images(options.container.image);
    if ('pullError' in resolved) {
      await pullFailed(options, record, { message: resolved.pullError, waitMs, signal });
      waitMs = Math.min(waitMs * 2, MAX_PULL_WAIT_MS);
      continue;
    }
    const made = await make(options, resolved.program);
    if (!('error' in made)) return signal.aborted ? undefined : made;
    say(options, 'Warning', 'Failed', `Error: ${made.error}`);
    wait(options, record, made.reason, made.error);
    await sleep(SYNC_MS, undefined, { signal }).catch(() => undefined);
  }
  return undefined;
}

async function make(
  options: ContainerRunnerOptions,
  image: ImageProgram,
): Promise<PreparedContainer | { error: string; reason: string }> {
  say(options, 'Normal', 'Pulled', `Container image "${options.container.image}" already present on machine`);
  let reason = 'CreateContainerConfigError';
  try {
    const env = environmentOf(options);
    reason = 'CreateContainerError';
    return await program(options, image, env);
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error), reason };
  }
}

async function program(
  options: ContainerRunnerOptions,
  image: ImageProgram,
  env: Record<string, string>,
): Promise<PreparedContainer> {
  const { context, container, podIp } = options;
  const files = await containerFiles(context.stateDir, options.pod(), container);
  const { stdin, tty } = container;
  const place = { store: context.store, pod: options.pod(), podIp, workDir: files.workDir, env, stdin, tty };
  const [args = [], command = []] = [container.args, container.command].map((words) =>
    words?.map((word) => expand(word, env)),
  );
  const chosen = command.length > 0 ? [...command, ...args] : image.commandOf?.(args);
  const made =
    chosen === undefined
      ? await image.prepare({ podIp, args, env, ...files })
      : chosen[0] === 'node'
        ? { argv: [process.execPath, ...chosen.slice(1)] as const, env, cwd: files.workDir }
        : userCommand(chosen, place);
  say(options, 'Normal', 'Created', `Created container: ${container.name}`);
  const beside = chosen === undefined ? image.besideEnv?.({ podIp, env }) : undefined;
  const commands = { ...place, env: { ...beside, ...env } };
  return { program: { ...made, stdin, tty }, stopSignal: image.stopSignal, place: commands };
}

function environmentOf({ context, container, podIp, pod }: ContainerRunnerOptions): Record<string, string> {
  const { store } = context;
  const namespace = pod().metadata.namespace ?? 'default';
  return buildEnvironment(container, {
    pod: pod(),
    podIp,
    nodeIp: context.nodeIp,
    services: store.list('Service', { namespace }),
    secret: (name) => store.get('Secret', { namespace, name }),
    configMap: (name) => store.get('ConfigMap', { namespace, name }),
  });
}

async function pullFailed(
  options: ContainerRunnerOptions,
  record: ContainerRecord,
  { message, waitMs, signal }: { message: string; waitMs: number; signal: AbortSignal },
): Promise<void> {
  const { image } = options.container;
  say(options, 'Normal', 'Pulling', `Pulling image "${image}"`);
  say(options, 'Warning', 'Failed', `Failed to pull image "${image}": ${message}`);
  say(options, 'Warning', 'Failed', 'Error: ErrImagePull');
  wait(options, record, 'ErrImagePull', message);
  const firstMs = Math.min(SYNC_MS, waitMs);
  await sleep(firstMs, undefined, { signal }).catch(() => undefined);
  if (signal.aborted || !options.context.gate.isOpen) return;
  say(options, 'Normal', 'BackOff', `Back-off pulling image "${image}"`);
  say(options, 'Warning', 'Failed', 'Error: ImagePullBackOff');
  wait(options, record, 'ImagePullBackOff', `Back-off pulling image "${image}": ErrImagePull: ${message}`);
  await sleep(waitMs, undefined, { signal }).catch(() => undefined);
}

function wait(
  options: ContainerRunnerOptions,
  record: ContainerRecord,
  reason: string,
  message: string,
): void {
  record.state = { waiting: { reason, message } };
  options.onChange();
}
