import fs from 'node:fs/promises';
import type { Pod } from '#store';
import { podDirectory } from './container-files.ts';
import { ContainerRunner } from './container-runner.ts';
import { nowText, type NodeContext } from './node-context.ts';
import { podStatus } from './pod-status.ts';

/**
 * Runs one pod on its node and posts its status. Modes: running -> terminating (deletionTimestamp is set; the pod is
 * removed from the API when its processes are gone); `kill` ends the processes at once and reports nothing.
 */
export class PodWorker {
  readonly ip: string;
  readonly #context: NodeContext;
  readonly #runners: readonly ContainerRunner[];
  #pod: Pod;
  #terminating = false;
  #gone = false;

  constructor(context: NodeContext, pod: Pod) {
    this.#context = context;
    this.#pod = pod;
    this.ip = context.takeIp();
    this.#runners = pod.spec.containers.map(
      (container) =>
        new ContainerRunner({
          context,
          container,
          podIp: this.ip,
          pod: () => this.#pod,
          onChange: () => this.publish(),
        }),
    );
  }

  get pod(): Pod {
    return this.#pod;
  }

  /** Main processes of the containers that run now, and commands beside them. */
  get pids(): number[] {
    return this.#runners.flatMap((runner) => runner.pids);
  }

  get runners(): readonly ContainerRunner[] {
    return this.#runners;
  }

  /** A container by name, the first one without; undefined when there is none of that name. */
  container(name?: string): ContainerRunner | undefined {
    return this.#runners.find(({ record }) => name === undefined || record.name === name);
  }

  start(): void {
    this.publish();
    for (const runner of this.#runners) runner.start();
  }

  /** Takes the pod as the API holds it now; begins its end once it is marked deleted. */
  update(pod: Pod): void {
    this.#pod = pod;
    if (pod.metadata.deletionTimestamp !== undefined && !this.#terminating) void this.#terminate();
  }

  checkMemory(): void {
    for (const runner of this.#runners) runner.checkMemory();
  }

  /** Posts the status; does nothing while the node is frozen or when the pod is gone. */
  publish(): void {
    const { store, gate, nodeIp } = this.#context;
    const current = store.get('Pod', this.#pod.metadata);
    if (this.#gone || !gate.isOpen || current === undefined) return;
    if (current.metadata.uid !== this.#pod.metadata.uid) return;
    const containers = this.#runners.map((runner) => runner.record);
    const status = podStatus({
      pod: current,
      containers,
      podIp: this.ip,
      nodeIp,
      now: nowText(this.#context),
    });
    this.#pod = store.modify('Pod', current.metadata, (draft) => {
      draft.status = status;
    });
  }

  /** Ends every process at once, for a pod that the API no longer has or a sandbox that stops. */
  async kill(): Promise<void> {
    this.#gone = true;
    await Promise.all(this.#runners.map((runner) => runner.kill()));
    await this.#cleanUp();
  }

  /** Ends every process as gently as `graceMs` allows, without a word to the API and without preStop. */
  async shutDown(graceMs: number): Promise<void> {
    this.#gone = true;
    await Promise.all(this.#runners.map((runner) => runner.stop(graceMs, { preStop: false })));
  }

  async #terminate(): Promise<void> {
    this.#terminating = true;
    const graceMs = (this.#pod.metadata.deletionGracePeriodSeconds ?? 30) * 1_000;
    await Promise.all(this.#runners.map((runner) => runner.stop(graceMs)));
    await this.#context.gate.whenOpen();
    if (this.#gone) return;
    this.publish();
    this.#gone = true;
    const current = this.#context.store.get('Pod', this.#pod.metadata);
    if (current?.metadata.uid === this.#pod.metadata.uid)
      this.#context.store.remove('Pod', this.#pod.metadata);
    await this.#cleanUp();
  }

  async #cleanUp(): Promise<void> {
    this.#context.releaseIp(this.ip);
    await fs.rm(podDirectory(this.#context.stateDir, this.#pod), { recursive: true, force: true });
  }
}
