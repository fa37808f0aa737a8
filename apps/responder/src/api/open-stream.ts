import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ChangeFeed, FedEvent } from './change-feed.ts';

/** A reader that takes nothing for this many waiting bytes is cut off; it comes back and resumes. */
const waitingBytesLimit = 1_000_000;

/** Turns the reply into a live stream of the feed, from where the reader left off. Ends when the reader goes. */
export function openStream(feed: ChangeFeed, request: FastifyRequest, reply: FastifyReply): void {
  const { raw } = reply.hijack();
  raw.writeHead(200, {
    ...headersSoFar(reply),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  });
  const write = ({ id, event }: FedEvent): void => {
    raw.write(`id: ${id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`);
    if (raw.writableLength > waitingBytesLimit) raw.destroy();
  };
  for (const missed of firstEvents(feed, request)) write(missed);
  raw.on('close', feed.follow(write));
}

function headersSoFar(reply: FastifyReply): Record<string, string | string[] | number> {
  const entries = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as Record<string, string | string[] | number>;
}

function firstEvents(feed: ChangeFeed, request: FastifyRequest): readonly FedEvent[] {
  const lastEventId = request.headers['last-event-id'];
  const missed = typeof lastEventId === 'string' ? feed.since(lastEventId) : null;
  if (missed !== null && missed.length > 0) return missed;
  const because =
    typeof lastEventId === 'string' ? 'events may have been missed' : 'the stream has just been opened';
  const event =
    missed === null
      ? ({ name: 'resync', data: { because } } as const)
      : ({ name: 'heartbeat', data: { at: new Date().toISOString() } } as const);
  return [{ id: feed.latestId(), event }];
}
