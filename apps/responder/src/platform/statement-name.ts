import { createHash } from 'node:crypto';

const names = new Map<string, string | undefined>();
/** Texts are few; one that is put together anew each time must not gather here. */
const mostNames = 2000;

/**
 * The name under which a connection keeps this statement prepared: it is parsed and planned once, not with every call. Undefined for
 * what is not kept: a result whose columns are "all that there are" is refused by PostgreSQL once a newer release has added one.
 */
export function statementName(sql: string): string | undefined {
  if (names.has(sql)) return names.get(sql);
  if (names.size >= mostNames) return undefined;
  const name = /(?:\bselect|\breturning|\.)\s*\*/i.test(sql) ? undefined : nameOf(sql);
  names.set(sql, name);
  return name;
}

function nameOf(sql: string): string {
  return `s${createHash('sha256').update(sql).digest('base64url').slice(0, 20)}`;
}
