import { readFile } from 'node:fs/promises';
import type { Logger } from '#platform';

/** Gives a secret, such as a tenant's token; null while its file cannot be read. */
export type TokenSource = () => string | null;

const rereadMs = 30_000;

/**
 * Keeps a secret file's content in memory and reads it again every 30 s, so that a rotated one is picked up. `unreadable` says what
 * its absence means.
 */
export async function createTokenSource(
  file: string,
  log: Logger,
  unreadable = 'the token cannot be read; its tenant is not probed',
): Promise<{ token: TokenSource; stop(): void }> {
  let token: string | null = null;
  const read = async () => {
    try {
      token = (await readFile(file, 'utf8')).trim();
    } catch (error) {
      log.warn({ err: error, file }, `${file}: ${unreadable}`);
    }
  };
  await read();
  const timer = setInterval(() => void read(), rereadMs).unref();
  return { token: () => token, stop: () => clearInterval(timer) };
}
