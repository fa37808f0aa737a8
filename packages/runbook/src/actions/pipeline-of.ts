import type { Command, PipelineNode, Statement as ShellStatement } from 'unbash';
import { hiddenCharacter } from './hidden-character.ts';
import { whyNotPlain } from './plain-word.ts';
import { whyConstruct, whyRedirect } from './shell-construct.ts';

/** argv arrays joined by pipes, or why the statement has none. */
export type PipelineResult = { pipeline: string[][] } | { reason: string };

const DANGLING = /(?<!\\)(?:\\\\)*\\$/;

/**
 * Turns a simple command, or a pipeline of simple commands, into argv arrays; `code` is the whole text that was parsed.
 * Everything else needs a shell.
 */
export function pipelineOf(statement: ShellStatement, code: string): PipelineResult {
  const text = code.slice(statement.pos, statement.end);
  const hidden = hiddenCharacter(text);
  if (hidden !== null) return { reason: hidden };
  if (DANGLING.test(text)) return { reason: 'it ends in a backslash, and no line follows' };
  if (statement.background === true) return { reason: 'it runs in the background (&)' };
  const { command } = statement;
  if (command.type === 'AndOr') return { reason: `it joins commands by ${command.operators[0] ?? '&&'}` };
  const commands = simpleCommands(command);
  if ('reason' in commands) return commands;
  const pipeline: string[][] = [];
  for (const simple of commands.list) {
    const argv = argvOf(simple, code);
    if ('reason' in argv) return argv;
    pipeline.push(argv.argv);
  }
  return { pipeline };
}

function simpleCommands(node: PipelineNode): { list: Command[] } | { reason: string } {
  if (node.type === 'Command') return { list: [node] };
  if (node.type !== 'Pipeline') return { reason: whyConstruct(node.type) };
  if (node.prefixes.length > 0) return { reason: 'it starts with a keyword of the shell (! or time)' };
  if (node.operators.includes('|&')) return { reason: 'it pipes errors too (|&)' };
  const list = node.commands.filter((command) => command.type === 'Command');
  const other = node.commands.find((command) => command.type !== 'Command');
  return other === undefined ? { list } : { reason: `in its pipeline, ${whyConstruct(other.type)}` };
}

function argvOf(command: Command, code: string): { argv: string[] } | { reason: string } {
  if (command.name === undefined) return { reason: 'it only sets variables' };
  const argv: string[] = [];
  let readTo = command.name.pos;
  for (const part of [command.name, ...command.prefix, ...command.suffix]) {
    if (part.type === 'Assignment') return { reason: `it sets the variable ${part.name}` };
    if (part.type !== 'Word') return { reason: whyRedirect(part.operator) };
    const wrong = whyNotPlain(part) ?? whyNotRead(code.slice(readTo, part.pos));
    if (wrong !== null) return { reason: wrong };
    readTo = part.end;
    argv.push(part.value);
  }
  const wrong = whyNotRead(code.slice(readTo, command.end));
  return wrong === null ? { argv } : { reason: wrong };
}

/** The grammar forgives, and leaves out what it cannot place, such as a bracket: then its words are not the statement. */
function whyNotRead(gap: string): string | null {
  const left = gap.replaceAll('\\\n', '').trim();
  return left === '' ? null : `${left.charAt(0)} stands where a shell does not take it: quote it`;
}
