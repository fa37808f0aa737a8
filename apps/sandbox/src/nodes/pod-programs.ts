import net from 'node:net';
import { once } from 'node:events';
import { ApiStatusError, badRequest, type Pod } from '#store';
import type { ContainerProcess } from './container-process.ts';
import type { ContainerRunner } from './container-runner.ts';
import type { Kubelet } from './kubelet.ts';
import { measureUsage, type PodUsage } from './measure-usage.ts';
import { readLog, type ReadLogOptions } from './read-log.ts';

/** The way to what runs in pods, which leads through the pod's node: everything here hangs while that is frozen. */
export class PodPrograms {
  readonly #kubelets: readonly Kubelet[];

  constructor(kubelets: readonly Kubelet[]) {
    this.#kubelets = kubelets;
  }

  /** A container's output. Throws 400 when there is none, and an error with code ECONNREFUSED when its node runs no such pod. */
  async read(pod: Pod, container: string, options: ReadLogOptions): Promise<AsyncGenerator<string>> {
    const { name, namespace = 'default' } = pod.metadata;
    const record = (await this.#find(pod, container))?.record;
    if (record === undefined) {
      const error = new Error(`pod ${namespace}/${name} has no container on its node`);
      throw Object.assign(error, { code: 'ECONNREFUSED' });
    }
    const log = options.previous ? record.previousLog : record.log;
    if (log !== undefined) return readLog(log, options);
    throw badRequest(`previous terminated container "${container}" in pod "${name}" not found`);
  }

  /** The main process of a container: of its present run, or of the last when it is over. Throws 404 before the first. */
  async attach(pod: Pod, container: string): Promise<ContainerProcess> {
    const run = (await this.#runner(pod, container)).process;
    if (run === undefined) throw gone(container);
    return run;
  }

  /** Starts a command beside a container's main process. Throws 404 when that does not run. */
  async exec(
    pod: Pod,
    container: string,
    command: readonly string[],
    io: { stdin: boolean; tty: boolean },
  ): Promise<ContainerProcess> {
    const run = (await this.#runner(pod, container)).exec(command, io);
    if (run === undefined) throw gone(container);
    return run;
  }

  /** A connection to a port of a pod. Rejects with the error of the connection when nothing listens there. */
  async connect(pod: Pod, port: number): Promise<net.Socket> {
    await this.#kubelet(pod)?.reachable();
    const socket = net.connect({ host: pod.status?.podIP ?? '', port, allowHalfOpen: true, noDelay: true });
    await once(socket, 'connect');
    return socket;
  }

  /** What the pods of each reachable node use, measured over a second. */
  async usage(): Promise<{ name: string; pods: PodUsage[] }[]> {
    const living = this.#kubelets.filter(({ frozen }) => !frozen);
    const pods = await measureUsage(living.flatMap((kubelet) => kubelet.workers()));
    return living.map(({ name }) => ({ name, pods: pods.filter(({ pod }) => pod.spec.nodeName === name) }));
  }

  #kubelet(pod: Pod): Kubelet | undefined {
    return this.#kubelets.find(({ name }) => name === pod.spec.nodeName);
  }

  async #runner(pod: Pod, container: string): Promise<ContainerRunner> {
    const runner = await this.#find(pod, container);
    if (runner === undefined) throw gone(container);
    return runner;
  }

  async #find(pod: Pod, container: string): Promise<ContainerRunner | undefined> {
    const { namespace = 'default', name } = pod.metadata;
    const kubelet = this.#kubelet(pod);
    await kubelet?.reachable();
    return kubelet?.worker(namespace, name)?.container(container);
  }
}

function gone(container: string): ApiStatusError {
  return new ApiStatusError(404, 'NotFound', `container not found ("${container}")`);
}
