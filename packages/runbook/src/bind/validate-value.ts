const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const DNS_NAME = new RegExp(`^${LABEL}(?:\\.${LABEL})*$`);
const PLAIN = /^[A-Za-z0-9/_.][A-Za-z0-9/_.:@=+,-]{0,252}$/;
const COUNT = /^\d{1,9}$/;

const OBJECT_NAME =
  /(?:^|-)(?:node|pod|deployment|statefulset|namespace|service|policy|container|host|ingress|configmap|name)(?:-|$)/;
const COUNT_NAME = /(?:^|-)(?:replicas|revision|count|number|port|pid|seconds|minutes)(?:-|$)/;

/** What was expected when `value` is not good for the placeholder `name`; null when it is. */
export function validateValue(name: string, value: string): string | null {
  if (COUNT_NAME.test(name)) return COUNT.test(value) ? null : 'a whole number';
  if (OBJECT_NAME.test(name)) {
    const isName = value.length <= 253 && DNS_NAME.test(value);
    return isName ? null : 'a name by RFC 1123: lower-case letters, digits, "-" and ".", at most 253';
  }
  const isPlain = PLAIN.test(value) && !value.includes('\n');
  return isPlain ? null : 'letters, digits and / _ . : @ = + , - only, not starting with "-", at most 253';
}
