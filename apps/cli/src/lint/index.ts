export { registerLint } from './register-lint.ts';
