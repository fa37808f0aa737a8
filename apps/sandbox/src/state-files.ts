import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';

/** Secrets of one state directory, made once. */
export interface SandboxSecrets {
  postgresPassword: string;
  apiPassword: string;
  monitorPassword: string;
  jwtSecret: string;
  controlToken: string;
}

/** The secrets of a state directory; makes those that it does not have yet. */
export async function loadSecrets(stateDir: string): Promise<SandboxSecrets> {
  const file = path.join(stateDir, 'secrets.json');
  const kept = await readJson<Partial<SandboxSecrets>>(file);
  const secrets = {
    postgresPassword: secret(24),
    apiPassword: secret(24),
    monitorPassword: secret(24),
    jwtSecret: secret(32),
    controlToken: secret(24),
    ...kept,
  };
  await writePrivate(file, JSON.stringify(secrets));
  return secrets;
}

function secret(bytes: number): string {
  return randomBytes(bytes).toString('hex');
}

/** A JSON file of ours, undefined when it is not there or was cut short. */
export async function readJson<T>(file: string): Promise<T | undefined> {
  try {
    return JSON.parse(await fs.readFile(file, 'utf8')) as T;
  } catch {
    return undefined;
  }
}

/** Writes a file that only its owner may read, in one go. */
export async function writePrivate(file: string, content: string): Promise<void> {
  await fs.mkdir(path.dirname(file), { recursive: true });
  await fs.writeFile(`${file}.new`, content, { mode: 0o600 });
  await fs.rename(`${file}.new`, file);
}
