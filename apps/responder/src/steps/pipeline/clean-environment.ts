import { delimiter, dirname } from 'node:path';

/** The whole environment of a spawned program: nothing of the responder's own environment reaches it. */
export function cleanEnvironment(options: {
  readonly program: string;
  readonly home: string;
  readonly kubeconfig: string | null;
}): Record<string, string> {
  const path = [...new Set([dirname(options.program), '/usr/local/bin', '/usr/bin', '/bin'])].join(delimiter);
  return {
    PATH: path,
    HOME: options.home,
    ...(options.kubeconfig === null ? {} : { KUBECONFIG: options.kubeconfig }),
  };
}
