export { compileRunbook, type CompileOptions } from './compile-runbook.ts';
export type * from './plan.ts';
