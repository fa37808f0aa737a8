import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { KnownAlerts } from './known-alerts.ts';

const hash = (n: number) => ({ high: n >>> 3, low: (n & 7) + 1021 });

it('holds what a map would hold, whatever is set and deleted', () => {
  const operation = fc.record({
    n: fc.nat(4000),
    remove: fc.boolean(),
    end: fc.integer({ min: 1, max: 99 }),
  });
  fc.assert(
    fc.property(fc.array(operation, { maxLength: 3000, size: 'max' }), (operations) => {
      const known = new KnownAlerts();
      const model = new Map<number, number>();
      for (const { n, remove, end } of operations)
        if (remove) {
          known.delete(hash(n));
          model.delete(n);
        } else {
          known.set(hash(n), { endsAt: end, content: n, always: false }, 0);
          model.set(n, end);
        }
      expect(known.size).toBe(model.size);
      for (const { n } of operations) expect(known.endOf(hash(n))).toBe(model.get(n) ?? null);
    }),
    { numRuns: 30 },
  );
});

it('stores a refresh only when the row would end before half of what is promised', () => {
  const known = new KnownAlerts();
  const one = hash(1);
  expect(known.touch(one, 7, 400, 0)).toBe('store');
  expect(known.touch(one, 7, 0, 0)).toBe('end');
  known.set(one, { endsAt: 400, content: 7, always: false }, 0);
  expect(known.touch(one, 7, 500, 100)).toBe('kept');
  expect(known.touch(one, 7, 600, 200)).toBe('kept');
  expect(known.touch(one, 7, 601, 200)).toBe('store');
  expect(known.touch(one, 8, 500, 100)).toBe('store');
  expect(known.touch(one, 7, 100, 100)).toBe('store');
  expect(known.endsToStore(401)).toEqual([{ hash: one, endsAt: 600 }]);
  known.stored(one, 600);
  expect(known.endsToStore(600)).toEqual([]);
  expect(known.ended(599)).toEqual([]);
  expect(known.ended(600)).toEqual([{ hash: one, endsAt: 600 }]);
});

it('stores every word about an alert that flaps', () => {
  const known = new KnownAlerts();
  known.set(hash(1), { endsAt: 400, content: 7, always: true }, 0);
  expect(known.touch(hash(1), 7, 400, 0)).toBe('store');
});
