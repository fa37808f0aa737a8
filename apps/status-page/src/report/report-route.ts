import type { IncomingMessage, ServerResponse } from 'node:http';
import { type PageLanguage, pageLanguages, type PageSnapshot } from '@tocsin/contract';
import type { Writing } from '../pages/format.ts';
import { type Html } from '../pages/html.ts';
import { wholePage } from '../pages/whole-page.ts';
import { safetyHeaders } from '../serve/answers.ts';
import type { ReportRoute } from '../serve/create-server.ts';
import { writingIn } from '../site.ts';
import { problemText, type ReportDesk } from './create-report-desk.ts';
import { reportForm, reportThanks } from './report-page.ts';

const path = /^(?:(\w\w)\/)?report\/?$/;

/** The form at `report/`, below a language or in the visitor's own. */
export function reportRoute(desk: ReportDesk, snapshot: () => PageSnapshot | null): ReportRoute {
  return {
    isFor: (wanted) => path.test(wanted),
    async answer(request, response, visitors) {
      const shown = snapshot();
      if (shown === null) return end(response, 503, '');
      const given = /\/(\w\w)\/report/.exec(request.url ?? '')?.[1];
      const language = pageLanguages.find((one) => one === given) ?? visitors;
      const page = writingIn(language, shown);
      const { status, content } = await contentOf(request, page.writing, desk);
      end(response, status, wholeReport(page, language, content));
    },
  };
}

async function contentOf(
  request: IncomingMessage,
  writing: Writing,
  desk: ReportDesk,
): Promise<{ readonly status: number; readonly content: Html }> {
  if (request.method !== 'POST') return { status: 200, content: reportForm(writing, desk.stamp(), null) };
  const answer = await desk.take(request);
  const problem = problemText(writing.words, answer);
  const content = problem === null ? reportThanks(writing) : reportForm(writing, desk.stamp(), problem);
  return { status: answer.status, content };
}

function wholeReport(
  { writing, addressIn }: ReturnType<typeof writingIn>,
  language: PageLanguage,
  content: Html,
): string {
  const title = `${writing.words.report.title} - ${writing.snapshot.page.name}`;
  return wholePage(writing, { language, path: 'report/', addressIn, title }, content);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, [
    'Content-Type',
    'text/html; charset=utf-8',
    'Cache-Control',
    'no-store',
    ...safetyHeaders,
  ]);
  response.end(text);
}
