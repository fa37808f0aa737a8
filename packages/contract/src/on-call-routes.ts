import { z } from 'zod';
import { createdFeed, feedDraft, onCallFeed } from './on-call-feed.ts';
import {
  awayDraft,
  onCallNow,
  onCallSchedule,
  overrideDraft,
  readinessView,
  scheduleQuery,
  swapDraft,
} from './on-call.ts';
import * as requests from './requests.ts';
import { teamDiff, teamVersion, teamView } from './team-view.ts';
import { teamDocument } from './team.ts';

const id = z.strictObject({ id: z.string().min(1).max(100) });

/** A team of thousands is larger than other requests. */
const teamBytes = 2 * 1024 * 1024;

/** Routes about the team, its schedules and who is on call. */
export const onCallRoutes = {
  onCallNow: {
    method: 'GET',
    path: '/api/oncall/now',
    summary: 'Who would be woken now, and who is next',
    role: 'viewer',
    response: onCallNow,
  },
  onCallSchedule: {
    method: 'GET',
    path: '/api/oncall/schedule',
    summary: 'Who is on call in the days to come, gaps, overrides and absences',
    role: 'viewer',
    query: scheduleQuery,
    response: onCallSchedule,
  },
  addOverride: {
    method: 'POST',
    path: '/api/oncall/overrides',
    summary: 'Put somebody on call in the place of another',
    role: 'responder',
    body: overrideDraft,
    response: onCallSchedule,
  },
  swapShifts: {
    method: 'POST',
    path: '/api/oncall/swaps',
    summary: 'Let two people take each other’s shifts',
    role: 'responder',
    body: swapDraft,
    response: onCallSchedule,
  },
  addAbsence: {
    method: 'POST',
    path: '/api/oncall/absences',
    summary: 'Say that somebody cannot be called',
    role: 'responder',
    body: awayDraft,
    response: onCallSchedule,
  },
  endOnCallChange: {
    method: 'POST',
    path: '/api/oncall/changes/:id/end',
    summary: 'Take an override or an absence back',
    role: 'responder',
    params: id,
    body: requests.empty,
    response: onCallSchedule,
  },
  readiness: {
    method: 'GET',
    path: '/api/oncall/readiness',
    summary: 'Whether everybody on call could be woken, every channel is alive, and no gap is ahead',
    role: 'viewer',
    response: readinessView,
  },
  listFeeds: {
    method: 'GET',
    path: '/api/oncall/feeds',
    summary: 'Calendar links that hold',
    role: 'responder',
    response: z.array(onCallFeed),
  },
  createFeed: {
    method: 'POST',
    path: '/api/oncall/feeds',
    summary: 'A calendar link for a schedule or a person; it is shown once',
    role: 'responder',
    body: feedDraft,
    response: createdFeed,
  },
  revokeFeed: {
    method: 'POST',
    path: '/api/oncall/feeds/:id/revoke',
    summary: 'End a calendar link',
    role: 'responder',
    params: id,
    body: requests.empty,
    response: onCallFeed,
  },
  calendar: {
    method: 'GET',
    path: '/api/oncall/calendars/:token',
    summary: 'Shifts as iCalendar (RFC 5545); the link is the key',
    role: 'anyone',
    params: z.strictObject({ token: z.string().min(20).max(200) }),
    response: 'text/calendar',
  },
  team: {
    method: 'GET',
    path: '/api/team',
    summary: 'The team in use as a document; the ETag is its version',
    role: 'approver',
    response: teamView,
  },
  applyTeam: {
    method: 'PUT',
    path: '/api/team',
    summary:
      'Put a team in use; If-Match names the version that it was made from, and another one in use is a conflict',
    role: 'approver',
    body: teamDocument,
    bodyLimitBytes: teamBytes,
    ifMatch: true,
    response: teamView,
  },
  diffTeam: {
    method: 'POST',
    path: '/api/team/diff',
    summary: 'What a team would change, without changing anything',
    role: 'approver',
    body: teamDocument,
    bodyLimitBytes: teamBytes,
    response: teamDiff,
  },
  teamVersions: {
    method: 'GET',
    path: '/api/team/versions',
    summary: 'Who applied what, newest first',
    role: 'approver',
    response: z.array(teamVersion),
  },
} as const;
