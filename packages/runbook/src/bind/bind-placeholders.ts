import { effectOfPipeline } from '../effect/effect-of-argv.ts';
import { isStronger } from '../effect/effect-order.ts';
import { isSecretPlaceholder, PLACEHOLDER } from '../grammar/placeholder.ts';
import type { Action } from '../plan.ts';
import { validateValue } from './validate-value.ts';

/** Argv arrays ready to run, or what still stands in the way. */
export type BindResult =
  | { pipeline: string[][] }
  | { missing: string[] }
  | { invalid: { name: string; value: string; expected: string }[] };

type Bindable = Pick<Action, 'pipeline' | 'placeholders' | 'effect'>;
type Values = Readonly<Record<string, string>>;

/**
 * Fills an action's placeholders. A value only ever becomes part of the one argument its placeholder stands in, and only
 * after it was validated. Secrets are refused, for argv is readable by everybody; so are values with which the command
 * would do more harm than the action says, since its approvals were counted without them.
 */
export function bindPlaceholders(action: Bindable, values: Values): BindResult {
  const missing = action.placeholders.filter((name) => valueOf(values, name) === undefined);
  if (missing.length > 0) return { missing };
  const invalid = action.placeholders.flatMap((name) => wrongValue(name, valueOf(values, name) ?? ''));
  if (invalid.length > 0) return { invalid };
  const fill = (arg: string): string =>
    arg.replace(PLACEHOLDER, (whole, name: string) => valueOf(values, name) ?? whole);
  const pipeline = (action.pipeline ?? []).map((argv) => argv.map(fill));
  const effect = effectOfPipeline(pipeline);
  if (action.placeholders.length === 0 || !isStronger(effect, action.effect)) return { pipeline };
  const expected = `a value that leaves the command at "${action.effect}": with it, it would be "${effect}"`;
  return {
    invalid: action.placeholders.map((name) => ({ name, value: valueOf(values, name) ?? '', expected })),
  };
}

function valueOf(values: Values, name: string): string | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

function wrongValue(name: string, value: string): { name: string; value: string; expected: string }[] {
  if (isSecretPlaceholder(name))
    return [{ name, value: '(secret)', expected: 'a secret reference, never a value in argv' }];
  const expected = validateValue(name, value);
  return expected === null ? [] : [{ name, value, expected }];
}
