import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

const lookEveryMs = 20;
const responderEntry = 'apps/responder/src/main.ts';

/** Names of the programs that a responder below this process has started, as `/proc` shows them. */
export interface Watched {
  readonly programs: ReadonlySet<string>;
  stop(): void;
}

/** Looks many times a second at every descendant of each responder that this process has started, directly or not. */
export function watchChildren(): Watched {
  const programs = new Set<string>();
  const timer = setInterval(() => {
    for (const program of programsOfResponders()) programs.add(program);
  }, lookEveryMs);
  return { programs, stop: () => clearInterval(timer) };
}

interface Process {
  readonly pid: number;
  readonly parent: number;
}

function programsOfResponders(): readonly string[] {
  const all = processes();
  const responders = descendants(all, process.pid).filter((pid) => commandLine(pid).includes(responderEntry));
  return responders.flatMap((pid) => descendants(all, pid).flatMap(programOf));
}

function processes(): readonly Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = read(`/proc/${name}/stat`);
      const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
      return stat === '' ? [] : [{ pid: Number(name), parent }];
    });
}

function descendants(all: readonly Process[], pid: number): readonly number[] {
  return all.filter((one) => one.parent === pid).flatMap((one) => [one.pid, ...descendants(all, one.pid)]);
}

/** None when it has ended meanwhile. */
function programOf(pid: number): readonly string[] {
  try {
    return [basename(readlinkSync(`/proc/${pid}/exe`))];
  } catch {
    return [];
  }
}

function commandLine(pid: number): string {
  return read(`/proc/${pid}/cmdline`);
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
