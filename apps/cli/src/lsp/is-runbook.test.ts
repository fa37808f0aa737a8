import { compileRunbook } from '@tocsin/runbook';
import { describe, expect, it } from 'vitest';
import { isRunbook } from './is-runbook.ts';

const decide = (markdown: string): boolean => isRunbook(markdown, compileRunbook(markdown));

describe('isRunbook', () => {
  it.each([
    ['a phase', '## Phase 1: Look (0-5 minutes)\n'],
    ['a severity', '### Critical Outage (P0)\n- all tenants down\n'],
    [
      'an escalation',
      '## Escalation\n\n| Time Elapsed | Level | Action |\n|---|---|---|\n| 0+ mins | L1 | Tom |\n',
    ],
    ['two common parts', '## Team\n- Primary: Ann\n\n## Checklist\n- [ ] all green\n'],
    ['nothing but front matter', '---\ntocsin:\n  service: api\n---\n# Notes\n'],
    ['front matter whose YAML is broken', '---\ntocsin: [\n---\n# Notes\n'],
    ['Windows line ends', '---\r\ntitle: x\r\ntocsin:\r\n  service: api\r\n---\r\n'],
  ])('is true for %s', (_, markdown) => expect(decide(markdown)).toBe(true));

  it.each([
    ['an empty text', ''],
    [
      'a README with a list of boxes',
      '# Project\n\n## Install\n\n```bash\nnpm install\n```\n\n- [ ] write docs\n',
    ],
    ['a README with a team', '# Project\n\n## Team\n- Maintainer: Ann\n'],
    ['other front matter', '---\ntitle: tocsin\n---\n# Post\n'],
    ['the word further down', '# Post\n\n---\ntocsin: no front matter\n---\n'],
  ])('is false for %s', (_, markdown) => expect(decide(markdown)).toBe(false));
});
