import type { PodFact } from '#facts';

/** The address of a path on a pod itself, past every Service. */
export function podUrl(pod: PodFact, port: number, path: string): string {
  const host = pod.podIp?.includes(':') === true ? `[${pod.podIp}]` : (pod.podIp ?? '');
  return `http://${host}:${port}${path}`;
}
