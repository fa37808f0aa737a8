import { expect, it } from 'vitest';
import { countSignatures, logSignature } from './log-signatures.ts';

it.each([
  ['{"level":"error","msg":"sorry, too many clients already","code":"53300"}', 'sqlstate:53300'],
  ['FATAL:  remaining connection slots are reserved for roles', 'sqlstate:53300'],
  ['{"msg":"connect ETIMEDOUT 10.96.100.20:5432"}', 'unreachable:10.96.100.20:5432'],
  ['Error: connect ECONNREFUSED 127.0.0.1:6379', 'refused:127.0.0.1:6379'],
  [
    '{"msg":"not ready: database cannot be reached","reason":"Connection terminated due to connection timeout"}',
    'connect-timeout',
  ],
  [
    'connection to server at "postgres-service" (10.96.100.20), port 5432 failed: timeout expired',
    'connect-timeout',
  ],
  ["Error: Cannot find module '/app/sever.js'", 'module-not-found'],
  ['{"msg":"not ready: database did not answer within 1000 ms"}', 'query-timeout'],
  ['postgres: query timed out after 3000ms', 'query-timeout'],
  ['{"msg":"redis does not answer: serving without cache"}', 'cache-timeout'],
  ['{"msg":"database migrated","tookMs":1000}', null],
  ['{"msg":"request","status":200,"ms":53300.5,"path":"/api/data"}', null],
  ['all is well', null],
])('%s', (line, signature) => {
  expect(logSignature(line)).toBe(signature);
});

it('counts and keeps the last time that Kubernetes put in front', () => {
  const text = [
    '2026-11-23T09:00:01.5Z connect ETIMEDOUT 10.0.0.1:5432',
    '2026-11-23T09:00:03.5Z connect ETIMEDOUT 10.0.0.1:5432',
    'connect ECONNREFUSED 10.0.0.2:1',
  ].join('\n');
  expect(countSignatures(text, 7)).toEqual([
    { signature: 'unreachable:10.0.0.1:5432', count: 2, lastAt: Date.parse('2026-11-23T09:00:03.5Z') },
    { signature: 'refused:10.0.0.2:1', count: 1, lastAt: 7 },
  ]);
});
