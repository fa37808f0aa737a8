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

/** What the API server needs from the machinery behind it. */
export interface ApiPorts {
  logs: PodLogs;
}
