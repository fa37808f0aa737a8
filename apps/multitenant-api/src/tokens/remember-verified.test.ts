import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rememberVerified } from './remember-verified.ts';

const caller = (tenant: string) => ({ tenant, sub: 'u', scopes: [] });

describe('remembered tokens', () => {
  it('are found until they are too old or end, whichever is first', () => {
    const tokens = rememberVerified(10);
    tokens.keep('long', { caller: caller('a'), expiresAt: 10_000 }, { nowMs: 0, ageMs: 1000 });
    tokens.keep('short', { caller: caller('b'), expiresAt: 500 }, { nowMs: 0, ageMs: 1000 });
    tokens.keep('endless', { caller: caller('c'), expiresAt: null }, { nowMs: 0, ageMs: 1000 });
    const found = (nowMs: number) =>
      ['long', 'short', 'endless'].map((one) => tokens.find(one, nowMs)?.tenant);
    expect(found(499)).toEqual(['a', 'b', 'c']);
    expect(found(500)).toEqual(['a', undefined, 'c']);
    expect(found(1000)).toEqual([undefined, undefined, undefined]);
  });

  it('of a revoked key are forgotten, others are not', () => {
    const tokens = rememberVerified(10);
    const keep = (token: string, tenant: string, sub: string) =>
      tokens.keep(token, { caller: { ...caller(tenant), sub }, expiresAt: null }, { nowMs: 0, ageMs: 1000 });
    keep('1', 'a', 'key:1');
    keep('2', 'a', 'key:2');
    keep('3', 'b', 'key:1');
    tokens.forget('a', 'key:1');
    expect(['1', '2', '3'].map((one) => tokens.find(one, 1) !== undefined)).toEqual([false, true, true]);
  });

  it('are never more than the limit, and never those of another token', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(30), { maxLength: 200 }),
        fc.integer({ min: 0, max: 10 }),
        (asked, size) => {
          const tokens = rememberVerified(size);
          for (const [nowMs, n] of asked.entries()) {
            const known = tokens.find(`token ${n}`, nowMs);
            expect([undefined, `tenant ${n}`]).toContain(known?.tenant);
            tokens.keep(
              `token ${n}`,
              { caller: caller(`tenant ${n}`), expiresAt: null },
              { nowMs, ageMs: 50 },
            );
          }
          const held = Array.from({ length: 31 }, (_, n) => tokens.find(`token ${n}`, asked.length));
          expect(held.filter((one) => one !== undefined).length).toBeLessThanOrEqual(size);
        },
      ),
    );
  });
});
