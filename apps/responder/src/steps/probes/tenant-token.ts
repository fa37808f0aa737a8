import { readFile } from 'node:fs/promises';
import type { StepsService } from '../ports.ts';

/** The token of one tenant, read from its file now; null when it cannot be read. */
export async function tenantToken(service: StepsService, tenant: string): Promise<string | null> {
  const file = service.tenants.find((one) => one.id === tenant)?.tokenFile;
  if (file === undefined) return null;
  return readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => null,
  );
}

/** Every token there is: what must never be kept. */
export async function knownSecrets(service: StepsService): Promise<readonly string[]> {
  const tokens = await Promise.all(service.tenants.map((one) => tenantToken(service, one.id)));
  return tokens.filter((token) => token !== null);
}
