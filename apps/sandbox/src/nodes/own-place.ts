import { spawnSync } from 'node:child_process';
import type { Service } from '#store';
import { findProgram } from './find-program.ts';

const HOSTS = '/etc/hosts';
/** Where a process with a place of its own works. */
export const WORK = '/mnt';
const UNSHARE = findProgram('unshare');
const MOUNT = findProgram('mount') ?? 'mount';
/** Root needs a mount namespace only; others need to be root of a user namespace to mount in it. */
const NAMESPACES = process.getuid?.() === 0 ? '-m' : '-rm';

let possible: boolean | undefined;

/** Whether this machine lets us give a process its own /etc/hosts. Asked once, by trying. */
export function canOwnHosts(): boolean {
  possible ??=
    UNSHARE !== undefined && spawnSync(UNSHARE, [NAMESPACES, MOUNT, '--bind', HOSTS, HOSTS]).status === 0;
  return possible;
}

/** A process's own place: what it sees as /etc/hosts, and the directory that it works in. */
export interface OwnPlace {
  hostsFile: string;
  directory: string;
}

/**
 * A command in a mount namespace of its own, with its place bound over /etc/hosts and /mnt: a private state directory
 * is closed to other users, a directory that they were put into is not.
 */
export function inOwnPlace(
  { hostsFile, directory }: OwnPlace,
  argv: readonly [string, ...string[]],
): readonly [string, ...string[]] {
  if (UNSHARE === undefined || !canOwnHosts()) return argv;
  const script = `"$0" --bind "$1" ${HOSTS} && "$0" --bind "$2" ${WORK} && cd ${WORK} && shift 2 && exec "$@"`;
  return [UNSHARE, NAMESPACES, '/bin/sh', '-c', script, MOUNT, hostsFile, directory, ...argv];
}

/** The names that cluster DNS would give to Services as seen from a namespace, and the pod's own, as /etc/hosts. */
export function hostsText(
  services: readonly Service[],
  pod: { name: string; namespace: string; ip: string },
): string {
  const lines = services
    .filter(({ spec }) => spec.clusterIP !== undefined && spec.clusterIP !== 'None')
    .map(({ metadata: { name, namespace = 'default' }, spec }) => {
      const full = [
        `${name}.${namespace}`,
        `${name}.${namespace}.svc`,
        `${name}.${namespace}.svc.cluster.local`,
      ];
      return [spec.clusterIP, ...(namespace === pod.namespace ? [name] : []), ...full].join(' ');
    });
  return ['127.0.0.1 localhost', '::1 localhost', ...lines, `${pod.ip} ${pod.name}`, ''].join('\n');
}
