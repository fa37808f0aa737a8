import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConfigError } from './config.ts';
import { openRunbook, readRunbook } from './runbook-file.ts';

const RUNBOOK = '# R\n\n## Phase 1: Look (0-5 minutes)\n\n```bash {"name":"look"}\nkubectl get nodes\n```\n';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-runbook-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

describe('the runbook of the responder', () => {
  it('is read with the bindings beside it', () => {
    const file = write('r.md', RUNBOOK);
    const alone = readRunbook(file).plan;
    write('r.bind.yaml', 'service: orders\n');
    const { plan } = readRunbook(file);
    expect(alone.settings).toEqual({});
    expect(plan.settings).toEqual({ service: 'orders' });
    expect(plan.hash).not.toBe(alone.hash);
  });

  it('is refused with the place of a mistake in its bindings', () => {
    const file = write('r.md', RUNBOOK);
    const sidecar = write('r.bind.yaml', 'bindings:\n  look:\n    hash: soon\n');
    expect(() => readRunbook(file)).toThrow(ConfigError);
    expect(() => readRunbook(file)).toThrow(`${sidecar}:3:5: RB303: binding "look": found hash "soon"`);
  });

  it('that is missing is said', () => {
    expect(() => readRunbook(join(folder, 'none.md'))).toThrow(/none\.md: cannot be read \(ENOENT\)/);
  });

  it('follows its bindings, and keeps the old ones when new ones are wrong', async () => {
    const file = write('r.md', RUNBOOK);
    const seen: string[] = [];
    const refused: string[] = [];
    const opened = openRunbook(file, {
      log: pino({ level: 'error' }, { write: (line) => refused.push(line) }),
      onChange: ({ plan }) => {
        seen.push(plan.settings.service ?? 'none');
        return Promise.resolve();
      },
    });
    try {
      write('r.bind.yaml', 'service: orders\n');
      await vi.waitFor(() => expect(opened.current().plan.settings.service).toBe('orders'), 20_000);
      write('r.bind.yaml', 'service: [\n');
      write('r.md', `${RUNBOOK}\nMore.\n`);
      await vi.waitFor(() => expect(refused.join('')).toContain('the edited version was refused'), 20_000);
      expect(opened.current().plan.settings.service).toBe('orders');
      write('r.bind.yaml', 'service: carts\n');
      await vi.waitFor(() => expect(opened.current().plan.settings.service).toBe('carts'), 20_000);
      expect(seen).toEqual(['orders', 'carts']);
    } finally {
      opened.close();
    }
  });
});
