import { expect, test } from 'vitest';
import { redact } from './redact.ts';

test.each([
  ['Authorization: Bearer abcdef.123456', 'Authorization: Bearer [redacted]'],
  ['token eyJhbGciOiJIUzI1NiJ9.eyJ0ZW5hbnQiOiJ0MSJ9.c2lnbmF0dXJl end', 'token [redacted] end'],
  ['cut off eyJhbGciOiJIUzI1NiJ9.eyJ0ZW', 'cut off [redacted]'],
  ['PGPASSWORD=hunter2 psql', 'PGPASSWORD=[redacted] psql'],
  ['{"password": "a b\\"c", "user": "x"}', '{"password": [redacted], "user": "x"}'],
  ['dsn postgres://app:s3cr3t@db:5432/x', 'dsn postgres://app:[redacted]@db:5432/x'],
  ['api_key: 12345678; next', 'api_key: [redacted]; next'],
  ['AKIAABCDEFGHIJKLMNOP', '[redacted]'],
  ['-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\nafter', '[redacted]\nafter'],
])('%s', (text, expected) => expect(redact(text)).toBe(expected));

test('ordinary output stays as it is', () => {
  const text = 'NAME  READY  STATUS\nmultitenant-api-1  1/1  Running\nserviceaccount tokens: none\n';
  expect(redact('NAME  READY\napi-1 1/1 Running\nsecret-free line')).toBe(
    'NAME  READY\napi-1 1/1 Running\nsecret-free line',
  );
  expect(redact(text)).toContain('multitenant-api-1  1/1  Running');
});

test('known secrets go wherever they stand', () => {
  expect(redact('x=abc-opaque-1 y', ['abc-opaque-1'])).toBe('x=[redacted] y');
});
