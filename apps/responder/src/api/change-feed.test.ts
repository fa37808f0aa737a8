import { describe, expect, it } from 'vitest';
import { createChangeFeed } from './change-feed.ts';

const change = (revision: number) => ({ name: 'incident-changed', data: { id: 'a', revision } }) as const;

describe('change feed', () => {
  it('gives a returning reader exactly what it missed', () => {
    const feed = createChangeFeed(10, 'run');
    for (const revision of [1, 2, 3]) feed.publish(change(revision));
    expect(feed.since('run-1')?.map((fed) => fed.event.data)).toEqual([change(2).data, change(3).data]);
    expect(feed.since('run-3')).toEqual([]);
  });

  it('does not claim to know what it has dropped, what lies ahead, or another run', () => {
    const feed = createChangeFeed(2, 'run');
    for (const revision of [1, 2, 3, 4]) feed.publish(change(revision));
    expect(feed.since('run-2')?.length).toBe(2);
    expect([feed.since('run-1'), feed.since('run-9'), feed.since('other-3'), feed.since('run-x')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
