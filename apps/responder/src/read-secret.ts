import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { SecretPlace, SecretReader } from '#comms';

/** Reads secrets from files, counted from the configuration's folder, and from the environment; once, at the start. */
export function secretReader(
  base: string,
  environment: Readonly<Record<string, string | undefined>>,
): SecretReader {
  return (place: SecretPlace) => {
    const value = 'env' in place ? environment[place.env] : readText(resolve(base, place.file));
    const secret = value?.trim() ?? '';
    if (secret === '')
      throw new Error(`expected a secret there; it is ${value === undefined ? 'not set' : 'empty'}`);
    return secret;
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`expected a file that can be read: ${(cause as Error).message}`, { cause });
  }
}
