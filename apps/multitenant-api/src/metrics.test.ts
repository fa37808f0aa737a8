import { describe, expect, it } from 'vitest';
import { boundedLabel } from './metrics.ts';

describe('boundedLabel', () => {
  it('keeps the first names apart for ever and calls the rest "other"', () => {
    const label = boundedLabel(2);
    expect(['a', 'b', 'c', 'a', 'd', 'b'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other', 'b']);
  });
});
