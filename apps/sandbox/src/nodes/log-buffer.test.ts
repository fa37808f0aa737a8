import { describe, expect, it } from 'vitest';
import { LogBuffer } from './log-buffer.ts';

describe('LogBuffer', () => {
  it('joins halves of a line per stream and keeps the newest lines', () => {
    const log = new LogBuffer(2);
    log.write('stdout', 'one\ntw', 't1');
    log.write('stderr', 'err\n', 't2');
    log.write('stdout', 'o\nthr', 't3');
    expect(log.lines().map((line) => line.text)).toEqual(['err', 'two']);
    log.end('t4');
    expect(log.lines().map((line) => line.text)).toEqual(['two', 'thr']);
  });

  it('tells followers of each line and of the end, until they leave', () => {
    const log = new LogBuffer();
    const seen: string[] = [];
    const leave = log.follow(
      (line) => seen.push(line.text),
      () => seen.push('(end)'),
    );
    log.write('stdout', 'a\n', 't1');
    leave();
    log.write('stdout', 'b\n', 't2');
    log.follow(
      (line) => seen.push(line.text),
      () => seen.push('(end)'),
    );
    log.end('t3');
    expect(seen).toEqual(['a', '(end)']);
  });
});
