import path from 'node:path';
import { SignJWT } from 'jose';
import { writePrivate } from './state-files.ts';

const TENANTS = ['t1', 't2', 't3', 't4', 't5'];

/** A tenant of the reference platform with a token for its API. */
export interface Tenant {
  id: string;
  name: string;
  token: string;
  /** Where the token lies for others to read. */
  tokenFile: string;
}

/** Signs a token (HS256, a year) for each tenant and writes it below `stateDir`. */
export async function issueTenantTokens(stateDir: string, jwtSecret: string): Promise<Tenant[]> {
  const key = new TextEncoder().encode(jwtSecret);
  return Promise.all(
    TENANTS.map(async (id) => {
      const token = await new SignJWT({ tenant: id, role: 'member' })
        .setProtectedHeader({ alg: 'HS256' })
        .setSubject(`${id}-client`)
        .setIssuedAt()
        .setExpirationTime('365d')
        .sign(key);
      const tokenFile = path.join(stateDir, 'tokens', `${id}.jwt`);
      await writePrivate(tokenFile, token);
      return { id, name: id, token, tokenFile };
    }),
  );
}
