import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig, variables } from './config.ts';

const least = { PGHOST: 'postgres-service', PGPASSWORD: 'p', JWT_SECRET: 'x'.repeat(32) };

describe('readConfig', () => {
  it('needs three variables and fills in the rest', () => {
    expect(readConfig(least)).toMatchObject({
      PORT: 8080,
      POOL_SIZE: 5,
      PGDATABASE: 'multitenant',
      LOG_LEVEL: 'info',
    });
    expect(() => readConfig({})).toThrow(
      /PGHOST is not set; expected .*\nPGPASSWORD is not set; expected .*\nJWT_SECRET is not set; expected /,
    );
  });

  it('takes an empty variable for one that is not set', () => {
    const config = readConfig({ ...least, PORT: '', ADMIN_PGUSER: '' });
    expect(config.PORT).toBe(8080);
    expect(config.ADMIN_PGUSER).toBeUndefined();
  });

  it('needs a secret or the URL of a key set', () => {
    const { JWT_SECRET: _secret, ...others } = least;
    expect(readConfig({ ...others, JWKS_URL: 'https://issuer.example/keys' }).JWT_SECRET).toBeUndefined();
    expect(() => readConfig(others)).toThrow(
      'JWT_SECRET is not set; expected a secret of at least 32 characters, or JWKS_URL',
    );
  });

  it('takes a reference that Kubernetes could not resolve for a variable that is not set, but no password', () => {
    const config = readConfig({ ...least, REDIS_URL: 'redis://$(REDIS_HOST):6379', PGPASSWORD: 'a$(B)c' });
    expect(config.REDIS_URL).toBeUndefined();
    expect(config.PGPASSWORD).toBe('a$(B)c');
  });

  it('does not repeat what stands in the URL of Redis', () => {
    expect(() => readConfig({ ...least, REDIS_URL: 'http://user:hunter2@redis' })).toThrow(
      new ConfigError('REDIS_URL has a value of 25 characters; expected a redis or rediss URL'),
    );
  });

  it('reads only what docs/multitenant-api.md tells of', () => {
    const docs = readFileSync(new URL('../../../docs/multitenant-api.md', import.meta.url), 'utf8');
    expect(variables.filter((name) => !docs.includes(`\`${name}\``))).toEqual([]);
  });

  it.each([
    ['JWKS_ALGORITHMS', 'HS256', 'some of RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, EdDSA'],
    ['JWKS_URL', 'ftp://x', 'an http or https URL'],
    ['PORT', '70000', 'at most 65535'],
    ['PORT', '80x', 'a whole number from 0 to 65535'],
    ['PORT', '99999999999999999999', 'a whole number from 0 to 65535'],
    ['HOST', 'nowhere', 'an IP address to listen on'],
    ['PGUSER', 'Robert"; --', 'a name of a-z, 0-9 and _, starting with a letter'],
    ['POOL_SIZE', '0', 'at least 1'],
    ['POOL_SIZE', '2.5', 'a whole number from 1 to 100'],
  ])('refuses %s=%s with the value and what was expected', (key, value, expected) => {
    expect(() => readConfig({ ...least, [key]: value })).toThrow(
      new ConfigError(`${key} is ${JSON.stringify(value)}; expected ${expected}`),
    );
  });
});
