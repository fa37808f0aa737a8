import { expect, test } from 'vitest';
import { pushServiceOf } from './push-service.ts';

test('a device is at the origin of its endpoint; one that is not known is nowhere', async () => {
  const keys = { p256dh: '', auth: '' };
  const endpoint = 'https://updates.push.services.mozilla.com/wpush/v2/abc';
  const deviceOf = (id: string) =>
    id === 'gone'
      ? Promise.reject(new Error('no database'))
      : Promise.resolve(id === 'own' ? { endpoint, keys } : null);
  expect(await pushServiceOf({ deviceOf }, 'own')).toBe('https://updates.push.services.mozilla.com');
  expect(await pushServiceOf({ deviceOf }, 'other')).toBe('');
  expect(await pushServiceOf({ deviceOf }, 'gone')).toBe('');
});
