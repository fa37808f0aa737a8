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
  prepare(container: ContainerRun): Promise<Program>;
}
