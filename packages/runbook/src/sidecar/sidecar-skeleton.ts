import { stringify } from 'yaml';
import type { Plan } from '../plan.ts';
import { bindingTargets, hashOfTarget } from './binding-targets.ts';

/** The text of a fresh sidecar: every part of a plan that can be bound, with its hash, and what it is as a comment. */
export function sidecarSkeleton(plan: Plan): string {
  const head = `# Bindings for "${oneLine(plan.name)}". Keep what you bind, remove the rest; docs/runbook-language.md lists the keys.`;
  const bindings = bindingTargets(plan).map((target) => {
    const lines = stringify(
      { [target.id]: { hash: hashOfTarget(target) } },
      { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
    );
    return [
      `  # ${target.kind}: ${oneLine(target.text)}`,
      ...lines
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    ].join('\n');
  });
  return `${[head, bindings.length === 0 ? 'bindings: {}' : 'bindings:', ...bindings].join('\n')}\n`;
}

function oneLine(text: string): string {
  const line = (text.split('\n')[0] ?? '').replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > 100 ? `${line.slice(0, 97)}...` : line;
}
