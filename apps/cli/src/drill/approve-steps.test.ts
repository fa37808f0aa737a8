import { createClient, type StepView } from '@tocsin/contract';
import { describe, expect, it } from 'vitest';
import { nextApprover } from './approve-steps.ts';

const client = createClient({ baseUrl: 'http://127.0.0.1:9' });
const players = [
  { id: 'primary', client },
  { id: 'second', client },
];
const step = (status: StepView['status'], needed: number, given: readonly string[]): StepView =>
  ({
    status,
    approvalsNeeded: needed,
    approvals: given.map((id) => ({ by: { kind: 'token', id, name: id }, at: '2026-01-01T00:00:00.000Z' })),
  }) as unknown as StepView;

describe('nextApprover', () => {
  it('asks the first who has not said yes', () => {
    expect(nextApprover(step('proposed', 2, []), players)?.id).toBe('primary');
    expect(nextApprover(step('proposed', 2, ['primary']), players)?.id).toBe('second');
  });
  it('asks nobody when enough have, or nothing waits', () => {
    expect(nextApprover(step('proposed', 1, ['primary']), players)).toBeNull();
    expect(nextApprover(step('running', 2, ['primary']), players)).toBeNull();
    expect(nextApprover(step('proposed', 3, ['primary', 'second']), players)).toBeNull();
  });
});
