import { describe, expect, it } from 'vitest';
import { countMail } from './mail-ledger.ts';

const plain = (messageId: string) => ({ messageId, mayBeRepeat: false });
const marked = (messageId: string) => ({ messageId, mayBeRepeat: true });

describe('countMail', () => {
  it('counts a page that never came as lost', () => {
    expect(countMail({ expected: [plain('a'), plain('b')], received: [plain('a')] })).toEqual({
      lost: 1,
      duplicates: 0,
      markedRepeats: 0,
    });
  });
  it('counts a second unmarked arrival as a duplicate', () => {
    expect(countMail({ expected: [plain('a')], received: [plain('a'), plain('a')] })).toEqual({
      lost: 0,
      duplicates: 1,
      markedRepeats: 0,
    });
  });
  it('does not hold a marked repeat against the sender', () => {
    expect(countMail({ expected: [plain('a')], received: [plain('a'), marked('a')] })).toEqual({
      lost: 0,
      duplicates: 0,
      markedRepeats: 1,
    });
  });
  it('takes a first arrival that is marked as arrived', () => {
    expect(countMail({ expected: [plain('a')], received: [marked('a')] })).toEqual({
      lost: 0,
      duplicates: 0,
      markedRepeats: 0,
    });
  });
});
