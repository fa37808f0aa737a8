export { compileRunbook, type CompileOptions } from './compile-runbook.ts';
export { lintRunbook } from './lint/lint-runbook.ts';
export { bindPlaceholders, type BindResult } from './bind/bind-placeholders.ts';
export { isSecretPlaceholder, placeholdersIn } from './grammar/placeholder.ts';
export { FILTER_NAMES, readFilterOptions, type FilterOption } from './actions/filter-options.ts';
export { effectOfArgv, effectOfPipeline } from './effect/effect-of-argv.ts';
export { HEADING_ALIASES, type Topic } from './headings/aliases.ts';
export { CAUSES } from './sections/causes.ts';
export type * from './plan.ts';
