import { parse, type PipelineNode, type Word } from 'unbash';
import { opaquePlaceholders } from '../actions/opaque-placeholders.ts';
import { kubectlArgs } from '../effect/kubectl-args.ts';
import type { Action } from '../plan.ts';

/** One argument of a command: its value, and where it stands in the statement's text. */
export interface PlacedWord {
  value: string;
  from: number;
  to: number;
}

/** Longer statements are data: nothing is rewritten in them. */
const LONGEST = 20_000;

const known = new WeakMap<Action, PlacedWord[][] | null>();

/** The arguments of each command of an action's pipeline with their places; null when it has no pipeline. */
export function wordsOfAction(action: Action): PlacedWord[][] | null {
  const before = known.get(action);
  if (before !== undefined) return before;
  const words = placedWords(action);
  known.set(action, words);
  return words;
}

function placedWords(action: Action): PlacedWord[][] | null {
  const { pipeline, text } = action;
  const opaque = pipeline === null || text.length > LONGEST ? null : opaquePlaceholders(text);
  if (pipeline === null || opaque === null) return null;
  const node = parse(opaque.code).commands[0]?.command;
  const commands = node === undefined || node.type === 'AndOr' ? [] : commandsOf(node);
  const placed = commands.map((words) =>
    words.map(({ value, pos, end }) => ({ value: opaque.restore(value), from: pos, to: end })),
  );
  return sameArguments(placed, pipeline) ? placed : null;
}

function commandsOf(node: PipelineNode): Word[][] {
  const simple = node.type === 'Pipeline' ? node.commands : [node];
  return simple.flatMap((command) => {
    if (command.type !== 'Command' || command.name === undefined) return [];
    return [[command.name, ...command.suffix.filter((part) => part.type === 'Word')]];
  });
}

function sameArguments(placed: PlacedWord[][], pipeline: string[][]): boolean {
  return (
    placed.length === pipeline.length &&
    pipeline.every((argv, index) => argv.every((value, at) => placed[index]?.[at]?.value === value))
  );
}

/** The `n`th word (counted from 0) of a kubectl call that is no flag and no flag's value. */
export function kubectlWord(words: PlacedWord[], n: number): PlacedWord | undefined {
  const argv = words.slice(1, 200).map((word) => word.value);
  const at = argv.findIndex((_, index) => kubectlArgs(argv.slice(0, index + 1)).words.length > n);
  return at < 0 ? undefined : words[at + 1];
}

/** The first word before `--` that is one of these flags, alone or with `=value`; short ones also in a cluster. */
export function flagWord(words: PlacedWord[], ...names: string[]): PlacedWord | undefined {
  const rest = words.findIndex((word) => word.value === '--');
  return words
    .slice(0, rest < 0 ? undefined : rest)
    .find(({ value }) => names.some((name) => isFlag(value, name)));
}

function isFlag(value: string, name: string): boolean {
  if (value === name || value.startsWith(`${name}=`)) return true;
  return name.length === 2 && /^-[a-zA-Z]+$/.test(value) && value.includes(name.charAt(1));
}
