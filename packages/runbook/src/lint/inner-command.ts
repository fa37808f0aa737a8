import { kubectlArgs } from '../effect/kubectl-args.ts';
import { psqlArgs, psqlStatements } from '../effect/psql.ts';
import type { Action } from '../plan.ts';

/** The program that does the work: the first of the pipeline, or the one that kubectl runs inside a pod. */
export function innerArgv(action: Action): string[] {
  const argv = action.pipeline?.[0] ?? [];
  return argv[0] === 'kubectl' ? (kubectlArgs(argv.slice(1)).rest ?? []) : argv;
}

/** SQL statements that an action hands to psql, itself or inside a pod. */
export function sqlOfAction(action: Action): string[] {
  const [program, ...args] = innerArgv(action);
  return program === 'psql' ? psqlStatements(psqlArgs(args)).flatMap((text) => text.split(';')) : [];
}
