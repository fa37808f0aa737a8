import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { KubeApi } from '../kube-api.ts';
import { followResource, type Follower } from './follow-resource.ts';

function page(name: string, next: string) {
  return { metadata: { resourceVersion: '7', continue: next }, items: [{ metadata: { name } }] };
}

/** A server with two pages of one object each, whose watch never tells anything. */
function apiOfTwoPages(): KubeApi {
  return {
    server: '',
    text: async () => '',
    json: async <T>({ query }: { query?: Record<string, unknown> }) =>
      (query?.['continue'] === undefined ? page('a', 'next') : page('b', '')) as T,
    watch:
      async (_path, _query, { onEnd }) =>
      () =>
        onEnd(null),
    close: async () => {},
  };
}

it('lists page by page, and keeps none of the listed objects while it watches', async () => {
  setFlagsFromString('--expose-gc');
  const collectGarbage = runInNewContext('gc') as () => void;
  const stopping = new AbortController();
  const listed: WeakRef<object>[] = [];
  const follower: Follower = {
    onList: (objects) => listed.push(...objects.map((one) => new WeakRef(one as object))),
    onUpsert: () => {},
    onRemove: () => {},
    onFailure: () => {},
  };
  const following = followResource(apiOfTwoPages(), '/api/v1/pods', follower, stopping.signal);
  await sleep(50);
  collectGarbage();
  expect(listed.map((one) => one.deref())).toEqual([undefined, undefined]);
  stopping.abort();
  await following;
});
