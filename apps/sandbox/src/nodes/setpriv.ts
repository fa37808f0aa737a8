import fs from 'node:fs';

/** A user of this machine, by numbers. */
export interface UnixUser {
  uid: number;
  gid: number;
}

/** Full path of util-linux's setpriv, undefined where there is none. */
export const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => fs.existsSync(path));

/**
 * Options of setpriv to become another user. What root may read the user may still pass through, so that a checkout or
 * a state directory below /root works; containers often withhold one capability or the other.
 */
export function asUser({ uid, gid }: UnixUser): string[] {
  const capability = readingCapability(effectiveCapabilities());
  const caps = capability === undefined ? [] : ['--inh-caps', capability, '--ambient-caps', capability];
  return ['--reuid', `${uid}`, '--regid', `${gid}`, '--clear-groups', ...caps];
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
