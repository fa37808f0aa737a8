import type { Rule } from './rule.ts';
/** Every rule of lint, by code. */
export const RULES: Rule[] = [];
