import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { PageLanguage } from '@tocsin/contract';
import { type Answer, type FindAnswer, safetyHeaders } from './answers.ts';
import { encodingChooser, languageChooser } from './negotiate.ts';

/** What is served now. */
export interface Served {
  readonly find: FindAnswer;
  /** The first is for whoever asks for none of them. */
  readonly languages: readonly [PageLanguage, ...PageLanguage[]];
  /** Path of the page's url, `/` or `/status/`. */
  readonly root: string;
}

/** Serves from memory: a request costs a look into a map. Null: nothing has been published yet. */
export function createServer(served: () => Served | null): Server {
  const encodingOf = encodingChooser();
  let languageOf = languageChooser<PageLanguage>(['en']);
  let chosenFor: Served['languages'] | null = null;

  function answer(request: IncomingMessage, response: ServerResponse): void {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return say(response, 405, 'expected GET or HEAD', ['Allow', 'GET, HEAD']);
    const site = served();
    const path = pathOf(request.url ?? '/', site?.root ?? '/');
    if (path === 'healthz') return say(response, 200, 'ok');
    if (site === null) return say(response, 503, 'nothing has been published yet', ['Retry-After', '5']);
    if (chosenFor !== site.languages) {
      languageOf = languageChooser(site.languages);
      chosenFor = site.languages;
    }
    const find = (wanted: string): Answer | null =>
      site.find(wanted) ?? site.find(`${languageOf(request.headers['accept-language'])}/${wanted}`);
    const found = find(path);
    if (found !== null) return send(request, response, found, encodingOf(request.headers['accept-encoding']));
    if (!path.endsWith('/') && find(`${path}/`) !== null)
      return say(response, 301, '', ['Location', `${site.root}${path}/`]);
    say(response, 404, 'there is no such page');
  }

  return createHttpServer(
    { requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 15_000 },
    answer,
  );
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  found: Answer,
  encoding: ReturnType<ReturnType<typeof encodingChooser>>,
): void {
  if (isKnown(request.headers['if-none-match'], found.etag)) {
    response.writeHead(304, ['ETag', found.etag, 'Vary', 'Accept-Encoding, Accept-Language']).end();
    return;
  }
  response.writeHead(200, [...found.headers(encoding)]);
  response.end(request.method === 'HEAD' ? undefined : found.body(encoding));
}

function isKnown(given: string | undefined, etag: string): boolean {
  if (given === undefined) return false;
  const opaque = etag.replace(/^W\//, '');
  return given.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === opaque);
}

/** Without its leading slash, the page's own root and the query. */
function pathOf(url: string, root: string): string {
  const [path = '/'] = url.split(/[?#]/, 1);
  const below = path.startsWith(root) ? path.slice(root.length) : path.slice(1);
  return safeDecode(below);
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function say(response: ServerResponse, status: number, text: string, headers: readonly string[] = []): void {
  response.writeHead(status, ['Content-Type', 'text/plain; charset=utf-8', ...safetyHeaders, ...headers]);
  response.end(text === '' ? undefined : `${text}\n`);
}
