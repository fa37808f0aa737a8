import type { CreatedFeed, FeedDraft, OnCallFeed } from './on-call-feed.ts';
import type {
  AwayDraft,
  OnCallNow,
  OnCallSchedule,
  OverrideDraft,
  ReadinessView,
  SwapDraft,
} from './on-call.ts';
import type { TeamDiff, TeamVersionView, TeamView } from './team-view.ts';
import type { TeamDraft } from './team.ts';
import { type ClientOptions, send } from './transport.ts';

type Get = <T>(path: string) => Promise<T>;
type Post = <T>(path: string, body?: unknown) => Promise<T>;

/** Calls about the team, its schedules and who is on call. */
export function onCallCalls(options: ClientOptions, get: Get, post: Post) {
  return {
    onCallNow: () => get<OnCallNow>('/api/oncall/now'),
    onCallSchedule: (days = 14) => get<OnCallSchedule>(`/api/oncall/schedule?days=${days}`),
    override: (body: OverrideDraft) => post<OnCallSchedule>('/api/oncall/overrides', body),
    swapShifts: (body: SwapDraft) => post<OnCallSchedule>('/api/oncall/swaps', body),
    away: (body: AwayDraft) => post<OnCallSchedule>('/api/oncall/absences', body),
    endOnCallChange: (id: string) =>
      post<OnCallSchedule>(`/api/oncall/changes/${encodeURIComponent(id)}/end`),
    readiness: () => get<ReadinessView>('/api/oncall/readiness'),
    feeds: () => get<OnCallFeed[]>('/api/oncall/feeds'),
    createFeed: (body: FeedDraft) => post<CreatedFeed>('/api/oncall/feeds', body),
    revokeFeed: (id: string) => post<OnCallFeed>(`/api/oncall/feeds/${encodeURIComponent(id)}/revoke`),
    team: () => get<TeamView>('/api/team'),
    teamVersions: () => get<TeamVersionView[]>('/api/team/versions'),
    diffTeam: (team: TeamDraft) => post<TeamDiff>('/api/team/diff', team),
    /** `over` is the version that the team was made from: another one in use is a conflict. */
    applyTeam: async (team: TeamDraft, over: number) => {
      const headers = { 'if-match': `"${over}"` };
      const response = await send(options, { method: 'PUT', path: '/api/team', body: team, headers });
      return (await response.json()) as TeamView;
    },
  };
}
