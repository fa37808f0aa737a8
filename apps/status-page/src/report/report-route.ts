import type { PageSnapshot } from '@tocsin/contract';
import type { VisitorRoute } from '../serve/create-server.ts';
import { visitorRoute } from '../serve/visitor-route.ts';
import { problemText, type ReportDesk } from './create-report-desk.ts';
import { reportForm, reportThanks } from './report-page.ts';

/** The form at `report/`. */
export function reportRoute(desk: ReportDesk, snapshot: () => PageSnapshot | null): VisitorRoute {
  return visitorRoute({
    pattern: /^report$/,
    snapshot,
    async make(request, writing) {
      const { title } = writing.words.report;
      if (request.method !== 'POST')
        return { status: 200, title, content: reportForm(writing, desk.stamp(), null) };
      const answer = await desk.take(request);
      const problem = problemText(writing.words, answer);
      const content = problem === null ? reportThanks(writing) : reportForm(writing, desk.stamp(), problem);
      return { status: answer.status, title, content };
    },
  });
}
