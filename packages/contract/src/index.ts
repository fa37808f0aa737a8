export * from './alerts.ts';
export { type ApprovalPolicy } from './approval-policy.ts';
export { checkTeam, type TeamFault } from './check-team.ts';
export { type ContactView, contactView } from './contact-view.ts';
export { createClient, type Client } from './client.ts';
export { type DrillStart, type DrillStarted, drillStart, drillStarted } from './drill.ts';
export { type RawEvent, readEventStream } from './event-stream.ts';
export { type ExternalContact } from './external-contact.ts';
export { type ContactMethod, contactMethod } from './contact.ts';
export { type ContactRule, contactRule } from './contact-rule.ts';
export * from './evidence.ts';
export { handsOffSet, type HandsOffSet, handsOffView, type HandsOffView } from './hands-off.ts';
export * from './inbox.ts';
export * from './incident.ts';
export { type HookPlace, hookPlaceOf } from './hook-place.ts';
export { incidentRoles } from './incident-roles.ts';
export { instant } from './instant.ts';
export { type LoginLink, loginLink } from './login-link.ts';
export * from './measured.ts';
export * from './on-call-feed.ts';
export * from './on-call.ts';
export * from './person.ts';
export * from './plan-view.ts';
export * from './problem.ts';
export { ProblemError, UnreachableError } from './problem-error.ts';
export * from './report.ts';
export * from './runbook.ts';
export type {
  Assign,
  CorrectImpact,
  Declare,
  IncidentState,
  Resolve,
  SetSeverity,
  Split,
} from './requests.ts';
export * from './schedule.ts';
export { type Route, type RouteName, routes } from './routes.ts';
export * from './silence.ts';
export * from './status.ts';
export * from './status-page.ts';
export {
  type ComponentConfig,
  statusPageConfig,
  type StatusPageConfig,
  type StaticTarget,
} from './status-page-config.ts';
export * from './step.ts';
export { hookKinds, type HookKind, subscribeWays, type SubscriberConfig } from './subscriber-config.ts';
export { type StreamEvent, type StreamEventName, streamEvents } from './stream.ts';
export * from './timeline.ts';
export * from './team-view.ts';
export * from './team.ts';
export { timelineKinds } from './timeline-kinds.ts';
export * from './tenant-page.ts';
export { deliveryText, targetName } from './update-words.ts';
export * from './updates.ts';
export type { ClientOptions } from './transport.ts';
export type { Liveness, WatchOptions } from './watch.ts';
