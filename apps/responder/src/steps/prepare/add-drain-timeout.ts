import { readKubectlArgv } from '../kubectl-argv.ts';

/** Added where the document has none: on a dead kubelet a drain without a limit never ends. */
export const drainTimeout = '--timeout=60s';

/** The pipeline with a time limit on its drain, and whether it had to be added. */
export function addDrainTimeout(pipeline: readonly (readonly string[])[]): {
  readonly pipeline: readonly (readonly string[])[];
  readonly added: boolean;
} {
  const [argv = [], ...rest] = pipeline;
  const parsed = readKubectlArgv(argv);
  const needs = argv[0] === 'kubectl' && parsed.words[0] === 'drain' && !parsed.flags.has('--timeout');
  return needs ? { pipeline: [[...argv, drainTimeout], ...rest], added: true } : { pipeline, added: false };
}
