import fs from 'node:fs';

/** A user of this machine, by numbers. */
export interface UnixUser {
  uid: number;
  gid: number;
  /** May read what root may read, so that a checkout or a state directory below /root works. */
  readsAll?: boolean;
}

/** A user of /etc/passwd, undefined when there is none of that name. */
export function userNamed(name: string): UnixUser | undefined {
  const passwd = fs.existsSync('/etc/passwd') ? fs.readFileSync('/etc/passwd', 'utf8') : '';
  const entry = passwd.split('\n').find((line) => line.startsWith(`${name}:`));
  const [, , uid, gid] = entry?.split(':') ?? [];
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** Whom root lets run what users typed; undefined when the sandbox has no rights to give away. */
export const NOBODY = process.getuid?.() === 0 ? userNamed('nobody') : undefined;

/** Full path of util-linux's setpriv, undefined where there is none. */
export const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => fs.existsSync(path));

/** Options of setpriv to become another user; containers often withhold one capability to read or the other. */
export function asUser({ uid, gid, readsAll = false }: UnixUser): string[] {
  const capability = readsAll ? readingCapability(effectiveCapabilities()) : undefined;
  const caps = capability === undefined ? [] : ['--inh-caps', capability, '--ambient-caps', capability];
  const rights = readsAll ? caps : ['--no-new-privs'];
  return ['--reuid', `${uid}`, '--regid', `${gid}`, '--clear-groups', ...rights];
}

/** The weakest capability at hand that opens directories of others; bit numbers from capabilities(7). */
export function readingCapability(effective: bigint): string | undefined {
  if ((effective & (1n << 2n)) !== 0n) return '+dac_read_search';
  return (effective & (1n << 1n)) === 0n ? undefined : '+dac_override';
}

function effectiveCapabilities(): bigint {
  const line = /^CapEff:\s*([0-9a-f]+)$/m.exec(fs.readFileSync('/proc/self/status', 'utf8'));
  return BigInt(`0x${line?.[1] ?? '0'}`);
}
