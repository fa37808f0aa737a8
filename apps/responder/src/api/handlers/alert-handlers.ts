import type { ReportView } from '@tocsin/contract';
import { parseMatcher, type Report } from '#alerts';
import { AppError } from '#platform';
import { actorOf, type Caller } from '../caller.ts';
import { type Context, type Handlers } from '../handler.ts';
import { alertsView, reportView, silenceView } from '../views/alerts-view.ts';

const minuteMs = 60_000;

/** The caller as reports keep them. */
const reporterOf = (caller: Caller) => {
  const { kind, id } = actorOf(caller);
  return { kind, id, name: caller.person.name };
};

const shown = (report: Report): ReportView => reportView(report);

export const alertHandlers = {
  alerts: ({ ports }) => alertsView(ports.alerts),

  listSilences: async ({ ports }, { now }) =>
    (await ports.alerts.silences()).map((one) => silenceView(one, now)),

  silence: async ({ ports }, { body, caller, now }) => {
    const id = await ports.alerts.setSilence({
      matchers: body.matchers.map((text, n) => parseMatcher(text, `body.matchers.${n}`)),
      startsAt: now,
      endsAt: now + body.minutes * minuteMs,
      createdBy: caller.person.name,
      comment: body.comment,
    });
    const silence = await ports.alerts.silence(id);
    // It begins by the database's clock, a moment after this request's.
    return silenceView(silence, Math.max(now, silence.startsAt));
  },

  expireSilence: async ({ ports }, { params, now }) => {
    await ports.alerts.expireSilence(params.id);
    const silence = await ports.alerts.silence(params.id);
    return silenceView(silence, Math.max(now, silence.endsAt));
  },

  report: async (context, { body, caller }) => {
    requireTenant(context, body.tenant);
    const noticedAt = body.noticedAt === null ? null : Date.parse(body.noticedAt);
    return shown(await context.ports.alerts.report({ ...body, noticedAt }, reporterOf(caller)));
  },

  closeReport: async ({ ports }, { params, body, caller }) =>
    shown(await ports.alerts.closeReport(params.id, { reporter: reporterOf(caller), because: body.because })),
} satisfies Partial<Handlers>;

/** A report about a tenant that nobody knows would never be measured: the name is mistyped. */
function requireTenant({ ports }: Context, tenant: string | null): void {
  const { tenants } = ports.service;
  if (tenant === null || tenants.length === 0 || tenants.some((one) => one.id === tenant)) return;
  throw new AppError(
    'invalid',
    `body.tenant: "${tenant}"; expected one of ${tenants.map((one) => one.id).join(', ')}`,
  );
}
