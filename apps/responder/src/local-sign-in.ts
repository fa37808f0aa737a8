import { writeFileSync } from 'node:fs';
import { createApiToken, createLoginLink } from '#api';
import type { Person } from '#oncall';
import type { App } from './app.ts';

/**
 * For the machine's own user: one API token a person, into a file that only its owner reads (made anew at every start, the old
 * ones revoked), and one login link for each who may approve. Without a file, only the links.
 */
export async function localSignIn(app: App, people: readonly Person[], tokensFile: string | null) {
  if (tokensFile !== null) {
    await app.db.query(
      `update api_tokens set revoked_at = clock_timestamp() where name = 'local' and revoked_at is null`,
    );
    const tokens: Record<string, string> = {};
    for (const { id } of people) tokens[id] = await createApiToken(app.db, id, 'local');
    writeFileSync(tokensFile, `${JSON.stringify(tokens, null, 2)}\n`, { mode: 0o600 });
  }
  const approvers = people.filter((one) => !one.drill && (one.role === 'approver' || one.role === 'admin'));
  return Promise.all(
    approvers
      .slice(0, 2)
      .map(async ({ id }) => ({ person: id, url: await createLoginLink(app.db, id, app.url) })),
  );
}
