import type { Plan } from '@tocsin/runbook';

/** Parts that other documents do not have: one is enough. */
const TELLING = ['phases', 'severities', 'escalation', 'cadences'] as const;
/** Parts that a README can happen to have (a team, a list of boxes): two kinds are needed. */
const COMMON = ['detectors', 'roles', 'branches', 'scenarios', 'checklist'] as const;

/** Whether a Markdown document is meant as a runbook; every other document is left alone. */
export function isRunbook(markdown: string, plan: Plan): boolean {
  if (TELLING.some((part) => plan[part].length > 0)) return true;
  if (COMMON.filter((part) => plan[part].length > 0).length >= 2) return true;
  return declaresTocsin(markdown);
}

/** Front matter with the key `tocsin:`, also while its YAML is broken. */
function declaresTocsin(markdown: string): boolean {
  const lines = markdown.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/, 500);
  if (lines[0]?.trimEnd() !== '---') return false;
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  return lines.slice(1, end < 0 ? undefined : end).some((line) => line.startsWith('tocsin:'));
}
