import {
  createServer as createHttpServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { PageLanguage } from '@tocsin/contract';
import { type Answer, type Encoding, type FindAnswer, safetyHeaders } from './answers.ts';
import { wordsByLanguage } from '../words/words-by-language.ts';
import { encodingChooser, languageChooser } from './negotiate.ts';

/** What is served now. */
export interface Served {
  readonly find: FindAnswer;
  /** The first is for whoever asks for none of them. */
  readonly languages: readonly [PageLanguage, ...PageLanguage[]];
  /** Path of the page's url, `/` or `/status/`. */
  readonly root: string;
}

/** A page that is not the same for everybody. Answers also its own failures. */
export interface VisitorRoute {
  isFor(path: string): boolean;
  answer(
    request: IncomingMessage,
    response: ServerResponse,
    /** The path as it was asked for, and the visitor's own language. */
    wanted: { readonly path: string; readonly language: PageLanguage },
  ): Promise<void>;
}

type ChooseLanguage = (accept: string | undefined) => PageLanguage;

/** Serves from memory: a request costs a look into a map. Null: nothing has been published yet. */
export function createServer(served: () => Served | null, routes: readonly VisitorRoute[] = []): Server {
  const encodingOf = encodingChooser();
  const languageOf = chooserOfSite();
  return createHttpServer(
    { requestTimeout: 10_000, headersTimeout: 10_000, keepAliveTimeout: 15_000 },
    (request, response) => {
      const site = served();
      const path = pathOf(request.url ?? '/', site?.root ?? '/');
      if (site === null || path === 'healthz') return sayHealth(response, path, site !== null);
      const language = languageOf(site)(request.headers['accept-language']);
      const route = routes.find((one) => one.isFor(path));
      if (route !== undefined) return void route.answer(request, response, { path, language });
      if (!isRead(request)) return say(response, 405, 'expected GET or HEAD', ['Allow', 'GET, HEAD']);
      const found = findIn(site, path, language);
      if (found === null) return sayMissing(response, site, path, language);
      send(request, response, { found, encoding: encodingOf(request.headers['accept-encoding']) });
    },
  );
}

function isRead({ method }: IncomingMessage): boolean {
  return method === 'GET' || method === 'HEAD';
}

function sayHealth(response: ServerResponse, path: string, isPublished: boolean): void {
  if (path === 'healthz' || isPublished) say(response, 200, 'ok');
  else say(response, 503, 'nothing has been published yet', ['Retry-After', '5']);
}

/** One chooser as long as the languages are the same. */
function chooserOfSite(): (site: Served) => ChooseLanguage {
  let known: { readonly languages: string; readonly choose: ChooseLanguage } | null = null;
  return ({ languages }) => {
    const text = languages.join();
    if (known?.languages !== text) known = { languages: text, choose: languageChooser(languages) };
    return known.choose;
  };
}

/** As it is asked for, or in the visitor's language. */
function findIn({ find }: Served, path: string, language: PageLanguage): Answer | null {
  return find(path) ?? find(`${language}/${path}`);
}

function sayMissing(response: ServerResponse, site: Served, path: string, language: PageLanguage): void {
  const atRoot = `/${path}/` === site.root;
  const isPage = !path.endsWith('/') && findIn(site, `${path}/`, language) !== null;
  if (atRoot) say(response, 301, '', ['Location', site.root]);
  else if (isPage) say(response, 301, '', ['Location', `${site.root}${path}/`]);
  else say(response, 404, wordsByLanguage[language].notFound);
}

function send(
  request: IncomingMessage,
  response: ServerResponse,
  { found, encoding }: { readonly found: Answer; readonly encoding: Encoding },
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
