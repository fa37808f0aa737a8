import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

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

  it.each([
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
