import type { IncomingMessage } from 'node:http';
import type { VisitorReport } from '@tocsin/contract';
import { readForm, visitorOf } from '../serve/read-form.ts';
import type { Words } from '../words/words.ts';
import { judgeReport } from './judge-report.ts';
import type { RateLimit } from './rate-limit.ts';
import { signStamp } from './stamp.ts';

/** What a form is answered with: thanks, or the form again with what was wrong. */
export interface DeskAnswer {
  readonly status: number;
  readonly problem: 'tooMany' | 'away' | 'invalid' | null;
}

export interface ReportDesk {
  /** For a form that is shown now. */
  stamp(): string;
  take(request: IncomingMessage): Promise<DeskAnswer>;
}

export interface DeskOptions {
  readonly secret: string;
  readonly limit: RateLimit;
  readonly behindProxy: boolean;
  readonly store: (report: VisitorReport) => Promise<void>;
  readonly now: () => number;
}

/** Takes forms of visitors: judged, limited, then a row. */
export function createReportDesk({ secret, limit, behindProxy, store, now }: DeskOptions): ReportDesk {
  return {
    stamp: () => signStamp(secret, now()),
    async take(request) {
      const form = await readForm(request);
      if (form === null) return { status: 413, problem: 'invalid' };
      const judged = judgeReport(form, secret, now());
      if (judged.verdict === 'invalid') return { status: 422, problem: 'invalid' };
      if (judged.verdict === 'forget') return { status: 200, problem: null };
      if (!limit.take(visitorOf(request, behindProxy), now())) return { status: 429, problem: 'tooMany' };
      try {
        await store(judged.report);
        return { status: 200, problem: null };
      } catch {
        return { status: 503, problem: 'away' };
      }
    },
  };
}

/** What is said above the form. */
export function problemText({ report }: Words, { problem }: DeskAnswer): string | null {
  return problem === null ? null : report[problem];
}
