import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Plan } from './plan.ts';

/** Options of the compiler: `file` is the name that problems carry (default `runbook.md`). */
export interface CompileOptions {
  file?: string;
}

/** Compiles a Markdown runbook to its plan. Pure and synchronous; never throws: what is wrong is in `problems`. */
export function compileRunbook(markdown: string, _options: CompileOptions = {}): Plan {
  return {
    name: '',
    hash: bytesToHex(sha256(utf8ToBytes(markdown))),
    settings: {},
    severities: [],
    detectors: [],
    roles: [],
    phases: [],
    branches: [],
    scenarios: [],
    cadences: [],
    triggers: [],
    escalation: [],
    contacts: [],
    checklist: [],
    stabilityMinutes: null,
    problems: [],
  };
}
