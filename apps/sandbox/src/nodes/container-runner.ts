import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { quantity } from '#store';
import { newContainerRecord } from './container-record.ts';
import { prepareContainer, type PreparedContainer } from './prepare-container.ts';
import { say, type ContainerRunnerOptions } from './container-runner-options.ts';
import { ContainerProcess } from './container-process.ts';
import { nowText } from './node-context.ts';
import { LogBuffer } from './log-buffer.ts';
import { memoryOf } from './process-tree.ts';
import { runContainerProbes } from './container-probes.ts';
import { nextBackOff, noBackOff, type BackOff } from './restart-back-off.ts';
import { userCommand } from './user-command.ts';

/**
 * The life of one container: pull, create, run, and again after a crash. Modes: waiting (image, configuration or
 * back-off) -> running -> terminated -> waiting again by the restart policy; `stop` and `kill` end it for good.
 */
export class ContainerRunner {
  readonly record;
  readonly #options: ContainerRunnerOptions;
  readonly #stopping = new AbortController();
  readonly #commands = new Set<ContainerProcess>();
  #process: ContainerProcess | undefined;
  #prepared: PreparedContainer | undefined;
  #outOfMemory = false;
  #done: Promise<void> = Promise.resolve();

  constructor(options: ContainerRunnerOptions) {
    this.#options = options;
    this.record = newContainerRecord(options.container.name, options.container.image);
  }

  /** Main process of the present run, undefined when none runs. */
  get pid(): number | undefined {
    return this.record.state.running === undefined ? undefined : this.#process?.pid;
  }

  /** The main process, and the commands that were started beside it. */
  get pids(): number[] {
    return [this.pid, ...[...this.#commands].map(({ pid }) => pid)].filter((pid) => pid !== undefined);
  }

  /** The present run, or the last one; undefined before the first. */
  get process(): ContainerProcess | undefined {
    return this.#process;
  }

  /** Starts a command beside the main process, to end with it at the latest; undefined when there is none. */
  exec(command: readonly string[], io: { stdin: boolean; tty: boolean }): ContainerProcess | undefined {
    if (this.pid === undefined || this.#prepared === undefined) return undefined;
    const run = new ContainerProcess(userCommand(command, { ...this.#prepared.place, ...io }));
    this.#commands.add(run);
    void run.exited.then(() => this.#commands.delete(run));
    return run;
  }

  start(): void {
    this.#done = this.#live();
  }

  /** Ends the container as Kubernetes does: preStop sleep, then the stop signal, then SIGKILL when the grace is over. */
  async stop(graceMs: number, { preStop = true } = {}): Promise<void> {
    const sleepSeconds = this.#options.container.lifecycle?.preStop?.sleep?.seconds ?? 0;
    const preStopMs = preStop ? sleepSeconds * 1_000 : 0;
    const startedAt = performance.now();
    if (this.pid !== undefined) {
      this.#event('Normal', 'Killing', `Stopping container ${this.record.name}`);
      await this.#pause(Math.min(preStopMs, graceMs));
      await this.#options.context.gate.whenOpen();
    }
    this.#stopping.abort();
    await this.#end(Math.max(1_000, graceMs - (performance.now() - startedAt)));
    await this.#done;
  }

  /** Ends the container at once and for good. */
  async kill(): Promise<void> {
    this.#stopping.abort();
    this.#process?.killTree();
    await this.#done;
  }

  /** Kills the container when its main process holds more memory than the limit allows. */
  checkMemory(): void {
    const limit = quantity(this.#options.container.resources?.limits?.['memory']);
    const used = this.pid === undefined ? undefined : memoryOf(this.pid)?.resident;
    if (limit === 0 || used === undefined || used <= limit) return;
    this.#outOfMemory = true;
    this.#process?.killTree();
  }

  async #live(): Promise<void> {
    let backOff: BackOff = noBackOff;
    while (!this.#stopping.signal.aborted) {
      const prepared = await prepareContainer(this.#options, this.record, this.#stopping.signal);
      if (prepared === undefined) return;
      this.#prepared = prepared;
      await this.#options.context.gate.whenOpen();
      if (this.#stopping.signal.aborted) return;
      const startedAt = performance.now();
      const code = await this.#runOnce(prepared);
      if (this.#stopping.signal.aborted || !this.#restarts(code)) return;
      const { waitMs, next } = nextBackOff(backOff, performance.now() - startedAt);
      backOff = next;
      await this.#backOff(waitMs);
      await this.#options.context.gate.whenOpen();
      if (!this.#stopping.signal.aborted) this.record.restartCount += 1;
    }
  }

  async #runOnce({ program }: PreparedContainer): Promise<number> {
    const { context, container } = this.#options;
    const log = new LogBuffer();
    this.#outOfMemory = false;
    const run = new ContainerProcess(program, log);
    this.#process = run;
    const startedAt = nowText(context);
    const record = this.record;
    Object.assign(record, {
      containerId: `containerd://${randomBytes(32).toString('hex')}`,
      previousLog: record.log,
      log,
      lastState:
        record.state.terminated === undefined ? record.lastState : { terminated: record.state.terminated },
      state: { running: { startedAt } },
      started: true,
      ready: container.readinessProbe === undefined,
    });
    this.#event('Normal', 'Started', `Started container ${record.name}`);
    this.#options.onChange();
    const stopProbes = runContainerProbes(this.#options, record, () => void this.#restartForProbe());
    const code = await run.exited;
    stopProbes();
    for (const command of this.#commands) command.killTree();
    await context.gate.whenOpen();
    this.#recordExit(code, startedAt);
    return code;
  }

  #recordExit(code: number, startedAt: string): void {
    const finishedAt = nowText(this.#options.context);
    const reason = this.#outOfMemory ? 'OOMKilled' : code === 0 ? 'Completed' : 'Error';
    const containerID = this.record.containerId ?? '';
    this.record.state = { terminated: { exitCode: code, reason, startedAt, finishedAt, containerID } };
    this.record.ready = false;
    this.record.started = false;
    this.#options.onChange();
  }

  #restarts(code: number): boolean {
    const policy = this.#options.pod().spec.restartPolicy ?? 'Always';
    return policy === 'Always' || (policy === 'OnFailure' && code !== 0);
  }

  async #backOff(waitMs: number): Promise<void> {
    if (waitMs === 0) return;
    const { metadata } = this.#options.pod();
    const who = `${metadata.name}_${metadata.namespace ?? 'default'}(${metadata.uid ?? ''})`;
    const failed = `restarting failed container=${this.record.name} pod=${who}`;
    this.record.lastState = this.record.state;
    this.record.state = {
      waiting: { reason: 'CrashLoopBackOff', message: `back-off ${waitMs / 1_000}s ${failed}` },
    };
    const message = `Back-off restarting failed container ${this.record.name} in pod ${who}`;
    this.#event('Warning', 'BackOff', message);
    this.#options.onChange();
    await this.#pause(waitMs);
  }

  async #restartForProbe(): Promise<void> {
    const message = `Container ${this.record.name} failed liveness probe, will be restarted`;
    this.#event('Normal', 'Killing', message);
    await this.#end((this.#options.pod().spec.terminationGracePeriodSeconds ?? 30) * 1_000);
  }

  /** Stop signal, then SIGKILL to the whole tree when the process is still there after `graceMs`. */
  async #end(graceMs: number): Promise<void> {
    const run = this.#process;
    if (run === undefined || this.pid === undefined) return;
    run.signal(this.#prepared?.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => run.killTree(), graceMs);
    await run.exited;
    clearTimeout(timer);
  }

  async #pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
  }

  #event(type: 'Normal' | 'Warning', reason: string, message: string): void {
    if (this.#options.context.gate.isOpen) say(this.#options, type, reason, message);
  }
}
