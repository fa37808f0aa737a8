/** One server-sent event as it came over the wire. */
export interface RawEvent {
  readonly id: string | null;
  readonly event: string;
  readonly data: string;
}

/** Splits a byte stream into server-sent events. Comments and unknown fields are dropped, as the standard says. */
export async function* readEventStream(body: ReadableStream<Uint8Array>): AsyncGenerator<RawEvent> {
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let rest = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (rest + decoder.decode(value, { stream: true })).replaceAll('\r\n', '\n').split('\n\n');
      rest = blocks.pop() ?? '';
      yield* blocks.map(parseEvent).filter((event) => event !== null);
    }
  } finally {
    reader.releaseLock();
  }
}

/** One block of lines; null when it holds no data (a comment, a retry hint). */
export function parseEvent(block: string): RawEvent | null {
  let id: string | null = null;
  let event = 'message';
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === 'id') id = value;
    else if (field === 'event') event = value;
    else if (field === 'data') data.push(value);
  }
  return data.length === 0 ? null : { id, event, data: data.join('\n') };
}
