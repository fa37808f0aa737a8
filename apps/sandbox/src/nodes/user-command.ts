import fs from 'node:fs';
import path from 'node:path';
import type { ObjectStore, Pod } from '#store';
import type { Program } from './container-process.ts';
import { findProgram, SYSTEM_PATH } from './find-program.ts';
import { PODS_VARIABLE } from './leftovers.ts';
import { canOwnHosts, hostsText, WORK } from './own-place.ts';
import { NOBODY } from './setpriv.ts';

/** Debian's packages of what debug pods are usually asked for. */
const packages: Record<string, string> = {
  psql: 'postgresql-client',
  'redis-cli': 'redis-tools',
  nc: 'netcat-openbsd',
  dig: 'dnsutils',
  curl: 'curl',
};

/** Where a user's command is to run. */
export interface CommandPlace {
  store: ObjectStore;
  pod: Pod;
  podIp: string;
  workDir: string;
  env: Record<string, string>;
  stdin?: boolean | undefined;
  tty?: boolean | undefined;
}

/**
 * A command that somebody chose, rather than an image, as a program of this machine: without rights where the sandbox
 * has root's, and able to resolve the names of Services. A missing program ends with 127 and says what to install.
 */
export function userCommand([file = '', ...args]: readonly string[], place: CommandPlace): Program {
  const { workDir, tty, stdin } = place;
  const owns = canOwnHosts();
  const env = {
    PATH: `${SYSTEM_PATH}:${path.dirname(process.execPath)}`,
    HOME: owns ? WORK : workDir,
    [PODS_VARIABLE]: path.resolve(workDir, '../..'),
    ...(tty === true && { TERM: 'xterm' }),
    ...place.env,
  };
  const program = { env, cwd: workDir, stdin, tty, user: NOBODY };
  if (NOBODY !== undefined) fs.chownSync(workDir, NOBODY.uid, NOBODY.gid);
  const found = file === 'node' ? process.execPath : findProgram(file);
  if (found === undefined)
    return { ...program, argv: ['/bin/sh', '-c', 'echo "$0" >&2; exit 127', missing(file)] };
  const own = owns ? { hostsFile: writeHosts(place), directory: workDir } : undefined;
  return { ...program, argv: [found, ...args], place: own };
}

function missing(file: string): string {
  const from = packages[file];
  const hint = from === undefined ? '' : ` (Debian: apt-get install ${from})`;
  return `exec: "${file}": executable file not found in $PATH: the sandbox runs the programs of its machine; install it there${hint}`;
}

function writeHosts({ store, pod, podIp, workDir }: CommandPlace): string {
  const { name, namespace = 'default' } = pod.metadata;
  const file = path.join(workDir, '..', 'hosts');
  fs.writeFileSync(file, hostsText(store.list('Service'), { name, namespace, ip: podIp }), { mode: 0o644 });
  return file;
}
