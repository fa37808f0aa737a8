import { compileRunbook } from '../../../../packages/runbook/src/index.ts';
import type { Plan } from '@tocsin/runbook';
import { markdown as shipped, runbookFile } from '../runbook.ts';

/** The runbook that ships, which watches a service for one minute after it has recovered. */
export const markdown = shipped.replace('for 15+ minutes', 'for 1 minute');
export const plan: Plan = compileRunbook(markdown, { file: runbookFile });
