import type { Annotation } from '../document/document.ts';
import type { Action, ActionPurpose, Effect } from '../plan.ts';
import { durationMs, LONGEST_MS } from './time-limit.ts';

/** The action with what its fence says about it, and what the fence says wrongly. */
export interface Annotated {
  action: Action;
  wrong: string[];
}

const EFFECTS: Effect[] = ['read', 'create-temp', 'mutate', 'destroy'];
const PURPOSES: ActionPurpose[] = ['verify', 'undo'];

type Setter = (action: Action, value: string) => string | null;

/** One setter an annotation; each returns what it expected when the value is not that. */
const SETTERS: Record<string, Setter> = {
  effect: setEffect,
  approvals: setApprovals,
  ask: (action, value) => {
    if (value === 'true') action.approvals = Math.max(action.approvals, 1);
    return value === 'true' ? null : '"true"';
  },
  timeout: setTimeLimit,
  purpose: setPurpose,
  'undo-of': (action, value) => {
    action.undoOf = value;
    action.purpose = 'undo';
    return null;
  },
  check: (action, value) => {
    action.check = value;
    return null;
  },
  probe: (action, value) => {
    action.probe = value;
    return null;
  },
  'no-match': (action, value) => {
    action.noMatchOk = value === 'ok';
    return value === 'ok' ? null : '"ok"';
  },
  added: (action, value) => {
    action.added = value === 'true';
    return value === 'true' ? null : '"true"';
  },
  manual: (action, value) => {
    action.manual = value;
    return null;
  },
};

/** Applies a fence's attributes to one of its actions. Unknown keys belong to other tools and are left alone. */
export function annotate(plain: Action, pairs: Annotation): Annotated {
  const action = { ...plain };
  const wrong: string[] = [];
  for (const [key, setter] of Object.entries(SETTERS)) {
    const value = pairs[key];
    const expected = value === undefined ? null : setter(action, value);
    if (expected !== null) wrong.push(`tocsin-${key}: found "${value}", expected ${expected}`);
  }
  return { action, wrong };
}

function setEffect(action: Action, value: string): string | null {
  const effect = EFFECTS.find((known) => known === value);
  if (effect === undefined) return `one of ${EFFECTS.join(', ')}`;
  // A document may call a command more harmful than the table does, never less.
  if (EFFECTS.indexOf(effect) < EFFECTS.indexOf(action.effect))
    return `"${action.effect}" or stronger, as the command itself says`;
  action.effect = effect;
  action.approvals = Math.max(action.approvals, effect === 'destroy' ? 2 : effect === 'read' ? 0 : 1);
  return null;
}

function setApprovals(action: Action, value: string): string | null {
  if (!/^[0-2]$/.test(value)) return '0, 1 or 2';
  if (Number(value) < 1 && action.effect !== 'read')
    return `at least 1 for a command that may ${action.effect}`;
  action.approvals = Number(value);
  return null;
}

function setTimeLimit(action: Action, value: string): string | null {
  const limit = durationMs(value);
  if (limit === null || limit <= 0 || limit > LONGEST_MS)
    return 'a duration such as "30s" or "10m", at most "24h"';
  action.timeoutMs = limit;
  return null;
}

function setPurpose(action: Action, value: string): string | null {
  const purpose = PURPOSES.find((known) => known === value);
  if (purpose === undefined) return `one of ${PURPOSES.join(', ')}`;
  action.purpose = purpose;
  return null;
}
