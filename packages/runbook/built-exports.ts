/** Public names of the package (`.`, `./schema`) and the source file that each is served from. */
export type SourceExports = Readonly<Record<string, string>>;

interface BuiltFile {
  readonly types: string;
  readonly default: string;
}

/** Entry points of the build: path below `dist` without its ending, and the source. */
export function builtEntries(exports: SourceExports): Record<string, string> {
  return Object.fromEntries(
    Object.entries(exports)
      .filter(([, target]) => target.endsWith('.ts'))
      .map(([name, target]) => [builtPath(name, target), target.slice(2)]),
  );
}

/** What the packed package serves under the same names; anything but TypeScript is served as it is. */
export function builtExports(exports: SourceExports): Record<string, BuiltFile | string> {
  return Object.fromEntries(
    Object.entries(exports).map(([name, target]) => [
      name,
      target.endsWith('.ts') ? builtFile(builtPath(name, target)) : target,
    ]),
  );
}

function builtFile(path: string): BuiltFile {
  return { types: `./dist/${path}.d.ts`, default: `./dist/${path}.js` };
}

function builtPath(name: string, target: string): string {
  const path = /^\.\/src\/(.+)\.ts$/.exec(target)?.[1];
  if (path === undefined)
    throw new Error(`package.json exports["${name}"]: ${target}; expected a file such as ./src/index.ts`);
  return path;
}
