import { describe, expect, it } from 'vitest';
import { hashOf, isSecret, newApiKey, prefixOf, readApiKey, writeApiKey } from './api-key.ts';

describe('an API key', () => {
  it.each(['t1', 'a_b', 'a-b.c', 'mtk_x'])('of tenant %s is read as it was written', (tenant) => {
    const key = newApiKey(tenant);
    expect(readApiKey(writeApiKey(key))).toEqual(key);
    expect(writeApiKey(key).startsWith(`${prefixOf(key.id)}_`)).toBe(true);
    expect(prefixOf(key.id)).not.toContain(key.secret.slice(0, 8));
  });

  it.each([
    '',
    'mtk_',
    'mtk_0123456789ab_00_t1',
    `mtk_0123456789ab_${'0'.repeat(48)}_`,
    `mtk_0123456789ab_${'0'.repeat(48)}_a:b`,
  ])('is not %j', (text) => expect(readApiKey(text)).toBeNull());

  it('is known by the hash of its secret alone', () => {
    const { secret } = newApiKey('t1');
    const stored = hashOf(secret).toString('hex');
    expect(stored).not.toContain(secret);
    expect(isSecret(secret, stored)).toBe(true);
    expect(isSecret(newApiKey('t1').secret, stored)).toBe(false);
    expect(isSecret(secret, '00')).toBe(false);
  });
});
