import { effectOfPipeline } from '../effect/effect-of-argv.ts';
import { showsSecrets } from '../effect/shows-secrets.ts';
import { placeholdersIn } from '../grammar/placeholder.ts';
import type { Action } from '../plan.ts';
import { approvalsOf } from './approvals-of.ts';
import { parseStatements } from './parse-statements.ts';
import { timeLimitMs } from './time-limit.ts';
import { whyManual } from './why-manual.ts';

/** One command that no document names, as an action, or why it cannot be one. */
export type CompiledCommand = { readonly action: Action } | { readonly problem: string };

/** Reads a command that a person types by the rules of a fence: the same programs, filters, effect and approvals. Never throws. */
export function compileCommand(text: string, id: string): CompiledCommand {
  const statements = parseStatements(text);
  const [statement] = statements;
  if (statement === undefined) return { problem: 'it is empty; expected one command' };
  if (statements.length > 1) return { problem: `it is ${statements.length} commands; expected one` };
  const { pipeline } = statement;
  if (pipeline === null) return { problem: statement.reason ?? 'it is no simple command' };
  const manual = whyManual(pipeline);
  if (manual !== null) return { problem: manual };
  const [[program, ...args] = []] = pipeline;
  if (program === 'kubectl' && showsSecrets(args))
    return {
      problem:
        'it shows what Secrets hold: what is read here is kept, and shown to everybody who may look on',
    };
  const [open] = placeholdersIn(statement.text);
  if (open !== undefined) return { problem: `<${open}> is no value; expected the command as it is to run` };
  const effect = effectOfPipeline(pipeline);
  const action = {
    id,
    source: { line: 1, column: 1, endLine: 1, endColumn: statement.text.length + 1 },
    text: statement.text,
    pipeline,
    effect,
    approvals: approvalsOf[effect],
    placeholders: [],
    timeoutMs: timeLimitMs(pipeline, effect),
  };
  return { action };
}
