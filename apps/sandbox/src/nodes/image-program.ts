import type { Program } from './container-process.ts';

/** What an image is told about the container to run. */
export interface ContainerRun {
  podIp: string;
  args: readonly string[];
  env: Record<string, string>;
  /** A directory of the pod's own on this machine. */
  workDir: string;
  /** Where a path inside the container lives on this machine: in a mounted volume, else below `workDir`. */
  hostPath(containerPath: string): string;
}

/** An image as the sandbox knows it: a program of this machine. */
export interface ImageProgram {
  /** What asks the program to end; the runtime's default is SIGTERM. */
  stopSignal: NodeJS.Signals;
  /**
   * The command that arguments stand for when they are not for the image's own program, as the entry points of
   * `postgres` and `redis` take `psql ...`; without it they never are.
   */
  commandOf?(args: readonly string[]): readonly string[] | undefined;
  /** What a command beside the image's own program finds in its environment, as it would find the image's socket. */
  besideEnv?(container: Pick<ContainerRun, 'podIp' | 'env'>): Record<string, string>;
  prepare(container: ContainerRun): Promise<Program>;
}

/** Arguments that begin with neither an option nor the server's own name are a command, for these entry points. */
export function commandBeside(server: string): NonNullable<ImageProgram['commandOf']> {
  return (args) => (args[0]?.startsWith('-') === false && args[0] !== server ? args : undefined);
}
