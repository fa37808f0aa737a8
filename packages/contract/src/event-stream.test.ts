import { describe, expect, it } from 'vitest';
import { readEventStream, type RawEvent } from './event-stream.ts';

async function read(...chunks: string[]): Promise<RawEvent[]> {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(encoder.encode(chunk));
      controller.close();
    },
  });
  return Array.fromAsync(readEventStream(body));
}

describe('readEventStream', () => {
  it('joins an event that arrives in pieces', async () => {
    expect(await read('id: a-1\nev', 'ent: status\ndata: {"x"', ':1}\n\n')).toEqual([
      { id: 'a-1', event: 'status', data: '{"x":1}' },
    ]);
  });

  it('drops comments and what was cut off at the end', async () => {
    expect(await read(': hello\n\n', 'data: 1\n\n', 'data: 2\n')).toEqual([
      { id: null, event: 'message', data: '1' },
    ]);
  });

  it('joins lines of data and reads CRLF', async () => {
    expect(await read('data: a\r\ndata: b\r\n\r\n')).toEqual([{ id: null, event: 'message', data: 'a\nb' }]);
  });
});
