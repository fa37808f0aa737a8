import type { Site } from '../site.ts';

/** One file of the page as static files. */
export interface StaticFile {
  /** With forward slashes, relative. */
  readonly name: string;
  readonly type: string;
  readonly text: string;
}

/**
 * The whole site as files; what lies at its root is in the first language. The pages that lead to others come last, so that
 * nobody finds a link before its page.
 */
export function staticFiles(site: Site, firstLanguage: string): readonly StaticFile[] {
  const files = [...site].flatMap(([path, { type, make }]) => {
    const text = make();
    const name = path.endsWith('/') ? `${path}index.html` : path;
    const own = { name, type, text };
    return path.startsWith(`${firstLanguage}/`)
      ? [own, { ...own, name: name.slice(firstLanguage.length + 1) }]
      : [own];
  });
  const depth = ({ name }: StaticFile): number => name.split('/').length;
  return files.toSorted((a, b) => depth(b) - depth(a) || (a.name < b.name ? -1 : 1));
}
