import { describe, expect, it } from 'vitest';
import { builtEntries, builtExports } from '../built-exports.ts';

const exports = {
  '.': './src/index.ts',
  './schema': './src/schema/index.ts',
  './package.json': './package.json',
};

describe('what the packed package serves', () => {
  it('follows from what the workspace serves', () => {
    expect(builtExports(exports)).toEqual({
      '.': { types: './dist/index.d.ts', default: './dist/index.js' },
      './schema': { types: './dist/schema/index.d.ts', default: './dist/schema/index.js' },
      './package.json': './package.json',
    });
  });

  it('is what the build writes', () => {
    expect(builtEntries(exports)).toEqual({ index: 'src/index.ts', 'schema/index': 'src/schema/index.ts' });
  });

  it.each(['./lib/index.ts', '../src/index.ts', './src/.ts'])('refuses the target %s', (target) => {
    expect(() => builtExports({ './x': target })).toThrow(
      `package.json exports["./x"]: ${target}; expected a file such as ./src/index.ts`,
    );
  });
});
