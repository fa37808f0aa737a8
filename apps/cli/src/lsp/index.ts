export { registerLsp } from './register-lsp.ts';
