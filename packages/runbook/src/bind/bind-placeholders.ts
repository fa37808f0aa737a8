import { isSecretPlaceholder, PLACEHOLDER } from '../grammar/placeholder.ts';
import type { Action } from '../plan.ts';
import { validateValue } from './validate-value.ts';

/** Argv arrays ready to run, or what still stands in the way. */
export type BindResult =
  | { pipeline: string[][] }
  | { missing: string[] }
  | { invalid: { name: string; value: string; expected: string }[] };

type Bindable = Pick<Action, 'pipeline' | 'placeholders'>;

/**
 * Fills an action's placeholders. A value only ever becomes part of the one argument its placeholder stands in,
 * and only after it was validated; secret placeholders are refused, for argv is readable by everybody.
 */
export function bindPlaceholders(action: Bindable, values: Readonly<Record<string, string>>): BindResult {
  const valueOf = (name: string): string | undefined =>
    Object.hasOwn(values, name) ? values[name] : undefined;
  const missing = action.placeholders.filter((name) => valueOf(name) === undefined);
  if (missing.length > 0) return { missing };
  const invalid = action.placeholders.flatMap((name) => {
    const value = valueOf(name) ?? '';
    const expected = isSecretPlaceholder(name)
      ? 'a secret reference, never a value in argv'
      : validateValue(name, value);
    const shown = isSecretPlaceholder(name) ? '(secret)' : value;
    return expected === null ? [] : [{ name, value: shown, expected }];
  });
  if (invalid.length > 0) return { invalid };
  const fill = (arg: string): string =>
    arg.replace(PLACEHOLDER, (whole, name: string) => valueOf(name) ?? whole);
  return { pipeline: (action.pipeline ?? []).map((argv) => argv.map(fill)) };
}
