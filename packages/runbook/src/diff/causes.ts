import type { SourceRange } from '../plan.ts';
import { weightOfGuard, type Change, type Weight } from './change.ts';
import { listed, quote } from './phrases.ts';

/** A heading that a diagnosis leads to. */
interface Answer {
  name: string;
  causes: string[];
  source: SourceRange;
}

/** Heading and causes as one fact: the causes often follow from the words. */
export function headingChange(kind: 'branch' | 'scenario', old: Answer, next: Answer): Change[] {
  const [before, after] = [sayCauses(old.causes), sayCauses(next.causes)];
  const places = { old: old.source, next: next.source };
  const renamed = old.name === next.name ? '' : `${kind} ${quote(old.name)} is called ${quote(next.name)}`;
  if (before === after) {
    if (renamed === '') return [];
    const names = { before: old.name, after: next.name };
    return [{ kind, what: 'changed', text: renamed, weight: 'neutral', ...names, ...places }];
  }
  const lead = renamed === '' ? `${kind} ${quote(next.name)}` : `${renamed}, and`;
  const text = `${lead} answers ${after} instead of ${before}`;
  return [{ kind: 'causes', what: 'changed', text, weight: weightOf(old, next), before, after, ...places }];
}

function sayCauses(causes: string[]): string {
  return causes.length === 0 ? 'no diagnosis' : listed([...new Set(causes)].toSorted());
}

function weightOf(old: Answer, next: Answer): Weight {
  const lost = old.causes.some((cause) => !next.causes.includes(cause));
  const gained = next.causes.some((cause) => !old.causes.includes(cause));
  return weightOfGuard(lost, gained);
}
