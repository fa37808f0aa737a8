import { delimiter, dirname } from 'node:path';

/** The Kubernetes API as a pod's environment names it. */
export interface ApiServer {
  readonly host: string;
  readonly port: string;
}

/** The whole environment of a spawned program: nothing of the responder's own environment reaches it. */
export function cleanEnvironment(options: {
  readonly program: string;
  readonly home: string;
  readonly kubeconfig: string | null;
  /** Where the API is, for kubectl that finds the service account of its pod by itself; null elsewhere. */
  readonly apiServer: ApiServer | null;
}): Record<string, string> {
  const path = [...new Set([dirname(options.program), '/usr/local/bin', '/usr/bin', '/bin'])].join(delimiter);
  return {
    PATH: path,
    HOME: options.home,
    ...(options.kubeconfig === null ? {} : { KUBECONFIG: options.kubeconfig }),
    ...(options.apiServer === null
      ? {}
      : {
          KUBERNETES_SERVICE_HOST: options.apiServer.host,
          KUBERNETES_SERVICE_PORT: options.apiServer.port,
        }),
  };
}
