import type { Plan } from '../plan.ts';
import { weightOfGuard, type Change } from './change.ts';
import { quote } from './phrases.ts';

const PLACEHOLDERS = 'placeholders.';

/** Front matter: what the runbook is for, and where values come from. */
export function settingChanges(old: Plan, next: Plan): Change[] {
  const keys = [...new Set([...Object.keys(old.settings), ...Object.keys(next.settings)])];
  return keys.flatMap((key): Change[] => {
    const before = valueOf(old, key);
    const after = valueOf(next, key);
    if (before === after) return [];
    const sides = { ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) };
    const what = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed';
    if (!key.startsWith(PLACEHOLDERS))
      return [
        {
          kind: 'setting',
          what,
          text: sayChange(`setting ${key}`, before, after),
          weight: 'neutral',
          ...sides,
        },
      ];
    const name = `source of <${key.slice(PLACEHOLDERS.length)}>`;
    const weight = weightOfGuard(before !== undefined, after !== undefined);
    return [{ kind: 'placeholder', what, text: sayChange(name, before, after), weight, ...sides }];
  });
}

function valueOf({ settings }: Plan, key: string): string | undefined {
  return Object.hasOwn(settings, key) ? settings[key] : undefined;
}

function sayChange(name: string, before: string | undefined, after: string | undefined): string {
  return `${name}: ${valueText(before)} -> ${valueText(after)}`;
}

function valueText(value: string | undefined): string {
  return value === undefined ? 'none' : quote(value);
}
