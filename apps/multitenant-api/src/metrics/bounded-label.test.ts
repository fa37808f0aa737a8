import { describe, expect, it } from 'vitest';
import { boundedLabel } from './bounded-label.ts';

describe('boundedLabel', () => {
  it('keeps the first names apart for ever and calls the rest "other"', () => {
    const label = boundedLabel(2);
    expect(['a', 'b', 'c', 'a', 'd', 'b'].map(label)).toEqual(['a', 'b', 'other', 'a', 'other', 'b']);
  });

  it('gives callers without a token no place of a tenant', () => {
    const label = boundedLabel(1);
    expect(['none', 'a', 'b', 'none'].map(label)).toEqual(['none', 'a', 'other', 'none']);
  });
});
