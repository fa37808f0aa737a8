import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageLanguages, type PageSnapshot } from '@tocsin/contract';
import type { Writing } from '../pages/format.ts';
import type { Html } from '../pages/html.ts';
import { wholePage } from '../pages/whole-page.ts';
import { writingIn } from '../site.ts';
import { safetyHeaders } from './answers.ts';
import type { VisitorRoute } from './create-server.ts';

/** What one visitor sees. */
export interface VisitorPage {
  readonly status: number;
  readonly title: string;
  readonly content: Html;
}

export interface VisitorRouteOptions {
  /** Of the path below its language, without its last slash. */
  readonly pattern: RegExp;
  readonly snapshot: () => PageSnapshot | null;
  /** More headers of its answers, name and value in turn. */
  readonly headers?: readonly string[];
  readonly make: (request: IncomingMessage, writing: Writing, path: string) => Promise<VisitorPage>;
}

/** A page that is made for each visitor, below a language or in the visitor's own. */
export function visitorRoute({ pattern, snapshot, headers = [], make }: VisitorRouteOptions): VisitorRoute {
  return {
    isFor: (path) => pattern.test(splitLanguage(path).path),
    async answer(request, response, wanted) {
      const shown = snapshot();
      if (shown === null) return end(response, { status: 503, headers }, '');
      const { path, language = wanted.language } = splitLanguage(wanted.path);
      if (!shown.page.languages.includes(language)) return end(response, { status: 404, headers }, '');
      const { writing, addressIn } = writingIn(language, shown);
      try {
        const { status, title, content } = await make(request, writing, path);
        const frame = { language, path: `${path}/`, addressIn, title: `${title} - ${shown.page.name}` };
        end(response, { status, headers }, wholePage(writing, frame, content));
      } catch {
        // The visitor is gone, or what was sent is cut off.
        response.destroy();
      }
    },
  };
}

function splitLanguage(path: string) {
  const [first, ...rest] = path.replace(/\/$/, '').split('/');
  const language = pageLanguages.find((one) => one === first);
  return language === undefined ? { path: path.replace(/\/$/, '') } : { path: rest.join('/'), language };
}

function end(
  response: ServerResponse,
  { status, headers }: { readonly status: number; readonly headers: readonly string[] },
  text: string,
): void {
  response.writeHead(status, [
    'Content-Type',
    'text/html; charset=utf-8',
    'Cache-Control',
    'private, no-store',
    ...safetyHeaders,
    ...headers,
  ]);
  response.end(text);
}
