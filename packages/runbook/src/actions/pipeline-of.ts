import type { Command, PipelineNode, Statement, Word } from 'unbash';

/** argv arrays joined by pipes, or why the statement has none. */
export type PipelineResult = { pipeline: string[][] } | { reason: string };

/** Turns a simple command, or a pipeline of simple commands, into argv arrays. Everything else needs a shell. */
export function pipelineOf(statement: ShellStatement): PipelineResult {
  if (statement.background === true) return { reason: 'it runs in the background (&)' };
  const { command } = statement;
  if (command.type === 'AndOr') return { reason: `it joins commands by ${command.operators[0] ?? '&&'}` };
  const commands = simpleCommands(command);
  if ('reason' in commands) return commands;
  const pipeline: string[][] = [];
  for (const simple of commands.list) {
    const argv = argvOf(simple);
    if ('reason' in argv) return argv;
    pipeline.push(argv.argv);
  }
  return { pipeline };
}

type ShellStatement = Statement;

function simpleCommands(node: PipelineNode): { list: Command[] } | { reason: string } {
  if (node.type === 'Command') return { list: [node] };
  if (node.type !== 'Pipeline')
    return { reason: `it is a ${node.type.toLowerCase()} construct of the shell` };
  if (node.prefixes.length > 0) return { reason: 'it starts with a keyword of the shell (! or time)' };
  if (node.operators.includes('|&')) return { reason: 'it pipes errors too (|&)' };
  const list = node.commands.filter((command) => command.type === 'Command');
  if (list.length < node.commands.length) return { reason: 'a part of its pipeline is no simple command' };
  return { list };
}

function argvOf(command: Command): { argv: string[] } | { reason: string } {
  if (command.name === undefined) return { reason: 'it only sets variables' };
  const argv: string[] = [];
  for (const part of [command.name, ...command.prefix, ...command.suffix]) {
    if (part.type === 'Assignment') return { reason: `it sets the variable ${part.name}` };
    if (part.type !== 'Word') return { reason: `it redirects (${part.operator})` };
    const wrong = needsShell(part);
    if (wrong !== null) return { reason: wrong };
    argv.push(part.value);
  }
  return { argv };
}

/** Globs stay as written: argv is never matched against files, which is what a shell does when none match. */
function needsShell(word: Word): string | null {
  if (word.text.startsWith('~')) return `it expands ${word.text}`;
  for (const part of word.parts ?? []) {
    const plain = part.type === 'DoubleQuoted' ? part.parts : [part];
    const expansion = plain.find((piece) => !LITERAL.has(piece.type));
    if (expansion !== undefined) return `it expands ${expansion.text}`;
  }
  return null;
}

const LITERAL = new Set(['Literal', 'Glob', 'SingleQuoted', 'AnsiCQuoted']);
