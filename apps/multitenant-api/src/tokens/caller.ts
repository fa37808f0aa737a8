/** What a token may allow. `admin`: the tenant's users and keys. */
export const scopes = ['data:read', 'data:write', 'admin'] as const;

/** One of `scopes`. */
export type Scope = (typeof scopes)[number];

/** The roles of a user, as tokens name them. */
export const roles = ['viewer', 'member', 'admin'] as const;

/** Who is asking: the tenant whose rows may be seen, the user or key, and what it may do. */
export interface Caller {
  readonly tenant: string;
  readonly sub: string;
  readonly scopes: readonly Scope[];
}

/** A caller with the instant (epoch ms) from which its token is void; null for one without an end. */
export interface Verified {
  readonly caller: Caller;
  readonly expiresAt: number | null;
}

/** How a tenant is written; safe as a part of a key in Redis and of an API key. */
export const tenantPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;

/** What a role may do; one that is not known may read. */
export function scopesOfRole(role: string): readonly Scope[] {
  if (role === 'admin') return scopes;
  return role === 'member' ? ['data:read', 'data:write'] : ['data:read'];
}

/** The scopes of a role as far as an OAuth `scope` claim allows them; without the claim all of the role. */
export function scopesOf(role: string, claim: string | undefined): readonly Scope[] {
  const allowed = scopesOfRole(role);
  if (claim === undefined) return allowed;
  const asked = claim.split(' ');
  return allowed.filter((scope) => asked.includes(scope));
}
