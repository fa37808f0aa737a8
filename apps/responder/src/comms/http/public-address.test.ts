import { expect, it } from 'vitest';
import { post } from './post.ts';
import { isPublicAddress } from './public-address.ts';

it.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '192.169.0.1', '2606:4700::1111', '2a00:1450:4001::64'])(
  '%s is public',
  (address) => expect(isPublicAddress(address)).toBe(true),
);

it.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '169.254.169.254',
  '172.31.255.255',
  '192.168.0.1',
  '198.19.0.1',
  '203.0.113.7',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:8.8.8.8',
  '64:ff9b::a00:1',
  'fc00::1',
  'fe80::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:a00:1::',
  'example.com',
])('%s is not', (address) => expect(isPublicAddress(address)).toBe(false));

const reason = async (url: string): Promise<string> => {
  const answer = await post({ url, headers: {}, body: '', onlyPublic: true }, new AbortController().signal);
  return answer.kind === 'silent' ? answer.reason : String(answer.status);
};

it('does not connect to what is not public', async () => {
  expect(await reason('https://localhost/')).toMatch(/localhost is at \S+; expected a public one/);
  expect(await reason('http://127.0.0.1:9/')).toContain('expected a name');
  expect(await reason('http://[::1]:9/')).toContain('expected a name');
});
