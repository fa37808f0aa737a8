import { hash } from 'node:crypto';

/** The tags of an If-Match or If-None-Match header: `*`, or each with whether it is weak. */
export type Tags = '*' | readonly { readonly tag: string; readonly weak: boolean }[];

/** Reads such a header; anything that is no tag is left out, so that it matches nothing. */
export function readTags(header: string): Tags {
  if (header.trim() === '*') return '*';
  return [...header.matchAll(/(W\/)?("[\x21\x23-\x7e\x80-\xff]*")/g)].map(([, weak, tag = '']) => ({
    tag,
    weak: weak !== undefined,
  }));
}

/** Whether If-None-Match says that the caller has this already (weak comparison, RFC 9110). */
export function isKnown(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag) return true;
  const tags = readTags(header);
  return tags === '*' || tags.some(({ tag }) => tag === etag);
}

/** The versions of item `id` that If-Match allows (strong comparison, RFC 9110); null for any. */
export function allowedVersions(header: string | undefined, id: string): number[] | null {
  if (header === undefined) return null;
  const tags = readTags(header);
  if (tags === '*') return null;
  return tags.flatMap(({ tag, weak }) => {
    const [, tagged, version] = /^"(\d+)\.(\d{1,9})"$/.exec(tag) ?? [];
    return !weak && tagged === id ? [Number(version)] : [];
  });
}

/** The ETag of a text. */
export function etagOfText(text: string): string {
  return `"${hash('sha1', text, 'base64url')}"`;
}
