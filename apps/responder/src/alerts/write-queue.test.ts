import { expect, it } from 'vitest';
import { createWriteQueue } from './write-queue.ts';

/** Writes end when the test says so. */
function manualWrites() {
  const batches: { readonly items: readonly string[]; end(error?: Error): void }[] = [];
  const write = (items: readonly string[]) =>
    new Promise<void>((resolve, reject) => {
      batches.push({ items, end: (error) => (error === undefined ? resolve() : reject(error)) });
    });
  return { batches, write };
}

it('gathers what comes while a batch is written, and answers each with its own batch', async () => {
  const { batches, write } = manualWrites();
  const queue = createWriteQueue(write);
  const told: string[] = [];
  const put = async (item: string): Promise<void> => {
    await queue.put(item, 1);
    told.push(item);
  };
  const [first, ...others] = [put('a'), put('b'), put('c')];
  expect(batches.map((one) => one.items)).toEqual([['a']]);
  expect(told).toEqual([]);
  batches[0]?.end();
  await first;
  expect(told).toEqual(['a']);
  await expect.poll(() => batches.map((one) => one.items)).toEqual([['a'], ['b', 'c']]);
  batches[1]?.end();
  await Promise.all(others);
  expect(told).toEqual(['a', 'b', 'c']);
});

it('fails those whose batch failed, and goes on', async () => {
  const { batches, write } = manualWrites();
  const queue = createWriteQueue(write);
  const first = queue.put('a', 1);
  const second = queue.put('b', 1);
  batches[0]?.end(new Error('disk full'));
  await expect(first).rejects.toThrow('disk full');
  await expect.poll(() => batches.length).toBe(2);
  batches[1]?.end();
  await expect(second).resolves.toBeUndefined();
});

it('turns away what would wait too long', async () => {
  const { batches, write } = manualWrites();
  const queue = createWriteQueue(write, 10);
  const taken = [queue.put('a', 100), queue.put('b', 6)];
  await expect(queue.put('c', 6)).rejects.toMatchObject({
    code: 'too-many',
    message: '6 alerts wait to be stored; expected at most 10',
  });
  batches[0]?.end();
  await expect.poll(() => batches.length).toBe(2);
  batches[1]?.end();
  await Promise.all(taken);
});
