import type { Duplex, Writable } from 'node:stream';
import type { Pod } from '#store';

/** Which part of a container's output is wanted; as in the query of Kubernetes' log subresource. */
export interface LogOptions {
  /** The run before the present one. */
  previous: boolean;
  /** Keep going as lines come. */
  follow: boolean;
  /** Prefix each line with its RFC 3339 time. */
  timestamps: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  limitBytes?: number;
  /** Aborted when nobody waits any more: the client left, or the node took too long. */
  signal: AbortSignal;
}

/** The way from the API server to the output of containers, which leads through the pod's node. */
export interface PodLogs {
  /**
   * Output as text or bytes. May hang when the node does: the API server gives up by itself and aborts
   * `options.signal`. Throws `ApiStatusError` for what a kubelet refuses (no previous run), and an error with a `code` such
   * as ECONNREFUSED when the kubelet cannot be reached.
   */
  read(
    pod: Pod,
    container: string,
    options: LogOptions,
  ): AsyncIterable<string | Uint8Array> | Promise<AsyncIterable<string | Uint8Array>>;
}

/** A program that runs on a node, as its pod's node carries its input and output. */
export interface RunningProgram {
  /** Undefined when it has no standard input. */
  readonly stdin: Writable | undefined;
  /** The exit code, once all output was told. */
  readonly finished: Promise<number>;
  /** Tells of output, what was written lately first. Returns the function that ends it. */
  follow(listener: (channel: 'stdout' | 'stderr', chunk: Buffer) => void): () => void;
  killTree(): void;
}

/** Processor time in cores and memory in bytes of each container of a pod. */
export interface PodUsage {
  pod: Pod;
  containers: { name: string; cpuCores: number; memoryBytes: number }[];
}

/** What the pods of a node use. */
export interface NodeUsage {
  name: string;
  pods: PodUsage[];
}

/** The way from the API server to what runs in pods. All of it may hang when the pod's node does. */
export interface PodPrograms {
  attach(pod: Pod, container: string): Promise<RunningProgram>;
  exec(
    pod: Pod,
    container: string,
    command: readonly string[],
    io: { stdin: boolean; tty: boolean },
  ): Promise<RunningProgram>;
  connect(pod: Pod, port: number): Promise<Duplex>;
  /** Of each node that can be reached. */
  usage(): Promise<NodeUsage[]>;
}

/** What the API server needs from the machinery behind it. */
export interface ApiPorts {
  logs: PodLogs;
  /** Without them exec, attach and port-forward are 501 and there is no metrics API. */
  programs?: PodPrograms;
}
