/** One kind of value: which words of a placeholder's name mean it, and what such a value looks like. */
interface Kind {
  readonly words: string;
  readonly pattern: RegExp;
  readonly longest: number;
  readonly expected: string;
}

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const PLAIN: Kind = {
  words: '',
  pattern: /^[A-Za-z0-9/_.][A-Za-z0-9/_.:@=+,-]*$/,
  longest: 253,
  expected: 'letters, digits and / _ . : @ = + , - only, not starting with "-", without "..", at most 253',
};

const KINDS: readonly Kind[] = [
  {
    words: 'replicas revision count number port pid seconds minutes lines limit',
    pattern: /^\d{1,9}$/,
    longest: 9,
    expected: 'a whole number',
  },
  {
    words: 'namespace container',
    pattern: new RegExp(`^${LABEL}$`),
    longest: 63,
    expected: 'a name by RFC 1123: lower-case letters, digits and "-", at most 63',
  },
  {
    words:
      'node pod deployment statefulset daemonset service policy host ingress configmap job cronjob pvc pv name',
    pattern: new RegExp(`^${LABEL}(?:\\.${LABEL})*$`),
    longest: 253,
    expected: 'a name by RFC 1123: lower-case letters, digits, "-" and ".", at most 253',
  },
  {
    words: 'duration timeout since age',
    pattern: /^(?:\d{1,6}(?:ms|s|m|h))+$/,
    longest: 20,
    expected: 'a duration such as 90s or 1h30m',
  },
  {
    words: 'url endpoint',
    pattern: /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9/_.~:@=+,%&?-]*)?$/,
    longest: 2000,
    expected: 'a URL that starts with http:// or https://',
  },
  {
    words: 'ip address',
    pattern: /^(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f:]{2,39})$/i,
    longest: 39,
    expected: 'an IP address',
  },
  {
    words: 'tenant user customer id database table',
    pattern: /^[A-Za-z0-9][A-Za-z0-9._-]*$/,
    longest: 128,
    expected: 'letters, digits and . _ - only, starting with a letter or digit, at most 128',
  },
];

/** The kind of value that a placeholder takes: the last word of its name that means one decides (`pod-count` is a number). */
export function kindOfPlaceholder(name: string): Kind {
  for (const word of name.split('-').toReversed()) {
    const kind = KINDS.find(({ words }) => words.split(' ').includes(word));
    if (kind !== undefined) return kind;
  }
  return PLAIN;
}
