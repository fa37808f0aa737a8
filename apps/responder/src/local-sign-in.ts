import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { createApiToken, createLoginLink, findApiToken } from '#api';
import type { Person } from '#oncall';
import type { Database } from '#platform';
import type { App } from './app.ts';

/**
 * For the machine's own user: one API token a person, in a file that only its owner reads, and a login link each for the first
 * two who may approve. Tokens of the file that still hold stay: a restart must not sign anybody out.
 */
export async function localSignIn(app: App, people: readonly Person[], tokensFile: string | null) {
  if (tokensFile !== null) {
    const kept = readTokens(tokensFile);
    const tokens: Record<string, string> = {};
    for (const { id } of people) tokens[id] = await validToken(app.db, id, kept[id]);
    writeFileSync(tokensFile, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  }
  const approvers = people.filter((one) => !one.drill && (one.role === 'approver' || one.role === 'admin'));
  return Promise.all(
    approvers
      .slice(0, 2)
      .map(async ({ id }) => ({ person: id, url: await createLoginLink(app.db, id, app.url) })),
  );
}

async function validToken(db: Database, person: string, kept: string | undefined): Promise<string> {
  if (kept !== undefined && (await findApiToken(db, kept)) === person) return kept;
  return createApiToken(db, person, 'local');
}

/** What an earlier start wrote; nothing when there is no file, or it is not ours to understand. */
function readTokens(file: string): Readonly<Record<string, string>> {
  try {
    return z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return {};
  }
}
