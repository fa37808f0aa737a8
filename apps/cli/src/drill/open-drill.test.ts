import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DrillPorts, openDrill } from './open-drill.ts';

const start = { name: 'node-failure', holdMs: null, fault: 'node-frozen', target: {} };
const fault = {
  id: 'f1',
  kind: 'node-frozen',
  subject: 'node/node-c',
  injectedAt: '2026-01-01T00:00:00.000Z',
};

let folder: string;
let file: string;
let told: string[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tocsin-open-drill-'));
  file = join(folder, 'drill.json');
  told = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const ports = (refuse = false): DrillPorts => ({
  admin: {
    startDrill: async () => {
      told.push('start');
      return { id: 'drill_1' };
    },
    endDrill: async (id) => {
      told.push(`end ${id}`);
      return { ok: true };
    },
  },
  sandbox: {
    inject: async () => {
      if (refuse) throw new Error('no node fits');
      told.push('inject');
      return fault;
    },
    lift: async (id) => void told.push(`lift ${id}`),
  },
  restore: async () => void told.push('restore'),
  file,
  say: () => {},
});

it('leaves no drill open when the fault is refused', async () => {
  await expect(openDrill(ports(true), start)).rejects.toThrow('no node fits');
  expect(told).toEqual(['start', 'end drill_1']);
  expect(existsSync(file)).toBe(false);
});

it('lifts and ends once, however often it is closed', async () => {
  const drill = await openDrill(ports(), start);
  await drill.liftFault();
  await drill.close();
  await drill.close();
  expect(told).toEqual(['start', 'inject', 'lift f1', 'restore', 'end drill_1']);
  expect(existsSync(file)).toBe(false);
});

it('takes back what a killed drill left', async () => {
  // No process has this number: it is above what Linux gives out.
  writeFileSync(
    file,
    JSON.stringify({ pid: 2 ** 30, drillId: 'drill_0', faultId: 'f0', subject: 'node/node-b' }),
  );
  await openDrill(ports(), start);
  expect(told).toEqual(['lift f0', 'restore', 'end drill_0', 'start', 'inject']);
});

it('refuses while another drill is under way', async () => {
  writeFileSync(file, JSON.stringify({ pid: process.pid, drillId: 'drill_0', faultId: null, subject: null }));
  await expect(openDrill(ports(), start)).rejects.toThrow(`process ${process.pid}`);
  expect(told).toEqual([]);
});
