import { expect, test } from 'vitest';
import { showsSecrets } from './shows-secrets.ts';

test.each([
  ['get secret admin -n platform -o yaml', true],
  ['get -o=json secrets -A', true],
  ['get pods,secrets.v1. -ojsonpath={.items}', true],
  ['get secret/admin --output go-template={{.data}}', true],
  ['get --raw /api/v1/namespaces/platform/secrets/admin', true],
  ['config view --raw', true],
  ['get secrets -n platform', false],
  ['get secrets -o name', false],
  ['get secretstores.example.org -o yaml', false],
  ['get pods -l app=secret -o yaml', false],
  ['describe secret admin', false],
  ['config view', false],
  ['get --raw /healthz', false],
])('%s: %s', (command, expected) => {
  expect(showsSecrets(command.split(' '))).toBe(expected);
});
