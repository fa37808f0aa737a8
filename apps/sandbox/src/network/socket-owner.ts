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

/** Which of these processes holds the client's end of a connection; undefined when none does. */
export function ownerOf(ends: Ends, pids: readonly number[]): number | undefined {
  const inode = socketInode(fs.readFileSync('/proc/net/tcp', 'latin1'), ends);
  return inode === undefined ? undefined : pids.find((pid) => holds(pid, inode));
}

function holds(pid: number, inode: string): boolean {
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
