import { describe, expect, it } from 'vitest';
import { ProblemError } from './problem-error.ts';
import { type Liveness, watchStream } from './watch.ts';

function streamOf(text: string): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(text));
      controller.close();
    },
  });
}

describe('watchStream', () => {
  it('reconnects after the line breaks and asks for what was missed', async () => {
    const stop = new AbortController();
    const asked: (string | null)[] = [];
    const states: Liveness['state'][] = [];
    await watchStream(
      (lastEventId) => {
        asked.push(lastEventId);
        return Promise.resolve(streamOf(`id: b-${asked.length}\nevent: heartbeat\ndata: {"at":""}\n\n`));
      },
      {
        onEvent: () => asked.length === 2 && stop.abort(),
        onLiveness: (liveness) => states.push(liveness.state),
        signal: stop.signal,
      },
    );
    expect(asked).toEqual([null, 'b-1']);
    expect(states).toEqual(['live', 'reconnecting', 'live']);
  });

  it('ends when the responder refuses', async () => {
    const refused: string[] = [];
    const problem = { type: '', title: '', status: 401, detail: 'no', code: 'not-signed-in', requestId: '1' };
    await watchStream(() => Promise.reject(new ProblemError(problem)), {
      onEvent: () => undefined,
      onRefused: (error) => refused.push(error.problem.code),
    });
    expect(refused).toEqual(['not-signed-in']);
  });
});
