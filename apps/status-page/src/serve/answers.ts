import { createHash } from 'node:crypto';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Resource, Site } from '../site.ts';

export const encodings = ['br', 'gzip', 'identity'] as const;
export type Encoding = (typeof encodings)[number];

/** A document as it goes out: made, compressed and hashed once, then the same bytes for everybody. */
export interface Answer {
  readonly etag: string;
  body(encoding: Encoding): Buffer;
  headers(encoding: Encoding): readonly string[];
}

/** Finds the answer of a path; made at the first request, kept as long as the site. */
export type FindAnswer = (path: string) => Answer | null;

export function answersOf(site: Site): FindAnswer {
  const made = new Map<string, Answer>();
  return (path) => {
    const known = made.get(path);
    if (known !== undefined) return known;
    const resource = site.get(path);
    if (resource === undefined) return null;
    const answer = makeAnswer(resource);
    made.set(path, answer);
    return answer;
  };
}

function makeAnswer({ type, make }: Resource): Answer {
  const text = Buffer.from(make());
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const bodies = new Map<Encoding, Buffer>();
  const headers = new Map<Encoding, readonly string[]>();
  const body = (encoding: Encoding): Buffer => {
    const known = bodies.get(encoding);
    if (known !== undefined) return known;
    const packed = compress(text, encoding);
    bodies.set(encoding, packed);
    return packed;
  };
  return {
    etag,
    body,
    headers: (encoding) => {
      const known = headers.get(encoding);
      if (known !== undefined) return known;
      const list = headersOf(type, etag, encoding, body(encoding).length);
      headers.set(encoding, list);
      return list;
    },
  };
}

function compress(text: Buffer, encoding: Encoding): Buffer {
  switch (encoding) {
    case 'br':
      return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } });
    case 'gzip':
      return gzipSync(text);
    case 'identity':
      return text;
    default:
      return encoding satisfies never;
  }
}

/** Every copy on the way may keep it for ten seconds, and for a day when this process is away. */
function headersOf(type: string, etag: string, encoding: Encoding, length: number): readonly string[] {
  return [
    'Content-Type',
    type,
    'Content-Length',
    String(length),
    ...(encoding === 'identity' ? [] : ['Content-Encoding', encoding]),
    'ETag',
    etag,
    'Cache-Control',
    'public, max-age=10, stale-if-error=86400',
    'Vary',
    'Accept-Encoding, Accept-Language',
    ...(type.startsWith('text/html') ? [] : ['Access-Control-Allow-Origin', '*']),
    ...safetyHeaders,
  ];
}

export const safetyHeaders = [
  'X-Content-Type-Options',
  'nosniff',
  'X-Frame-Options',
  'DENY',
  'Referrer-Policy',
  'no-referrer',
] as const;
