/** Keys of comments and fences, without the prefix `tocsin-`; docs/runbook-language.md lists them with their meaning. */
export const KNOWN_KEYS = new Set([
  'name',
  'effect',
  'approvals',
  'timeout',
  'check',
  'probe',
  'purpose',
  'undo-of',
  'no-match',
  'manual',
  'added',
  'kind',
  'metric',
  'window',
  'causes',
  'evidence',
  'subject',
  'confidence',
  'allow',
  'because',
  'ask',
]);

/** Keys of front matter below `tocsin:`. */
export const SETTINGS = new Set(['service', 'namespace', 'placeholders', 'headings', 'prometheus']);
