/** Kinds of timeline entries, for filters. */
export const timelineKinds = [
  'incident',
  'severity',
  'page',
  'evidence',
  'diagnosis',
  'step',
  'recovery',
  'note',
  'measurement',
  'update',
] as const;
