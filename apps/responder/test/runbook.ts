import { readFileSync } from 'node:fs';
import { compileRunbook } from '../../../packages/runbook/src/index.ts';
import type { Plan } from '@tocsin/runbook';

export const runbookFile = 'runbooks/outage.md';
export const markdown = readFileSync(new URL('../../../runbooks/outage.md', import.meta.url), 'utf8');

/** The runbook that ships: what the tests run is what runs by default. */
export const plan: Plan = compileRunbook(markdown, { file: runbookFile });
