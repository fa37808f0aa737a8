import fs from 'node:fs';

/** The two ends of a TCP connection over IPv4, as its client sees them. */
export interface Ends {
  localAddress: string;
  localPort: number;
  remoteAddress: string;
  remotePort: number;
}

/**
 * Inode of the client's socket of a connection on this machine, from the text of `/proc/net/tcp` (proc(5)); undefined when it is
 * not there (any more). Pure.
 */
export function socketInode(table: string, ends: Ends): string | undefined {
  const local = hexEnd(ends.localAddress, ends.localPort);
  const remote = hexEnd(ends.remoteAddress, ends.remotePort);
  const at = table.indexOf(`: ${local} ${remote} `);
  return at < 0 ? undefined : table.slice(at + 2, table.indexOf('\n', at)).split(/\s+/)[8];
}

/** The kernel writes addresses as little-endian words. */
function hexEnd(address: string, port: number): string {
  const bytes = address.split('.').map((part) => Number(part).toString(16).padStart(2, '0'));
  return `${bytes.toReversed().join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/** The same from the kernel as it is now. Its table is long on a busy machine: read it once a connection. */
export function clientInode(ends: Ends): string | undefined {
  return socketInode(fs.readFileSync('/proc/net/tcp', 'latin1'), ends);
}

/** Whether a process holds a socket. */
export function holds(pid: number, inode: string): boolean {
  const folder = `/proc/${pid}/fd`;
  try {
    return fs.readdirSync(folder).some((fd) => linkOf(`${folder}/${fd}`) === `socket:[${inode}]`);
  } catch {
    return false;
  }
}

function linkOf(file: string): string {
  try {
    return fs.readlinkSync(file);
  } catch {
    return '';
  }
}
