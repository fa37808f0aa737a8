import type { Plan } from '@tocsin/runbook';
import type { EpochMs } from '#facts';
import type { FinalUpdate, Incident, UpdateAudience, UpdateStatus } from '#incidents';
import { personById, type Person } from '#oncall';
import type { Database } from '#platform';
import type { ChannelsConfig } from '../config/channels-config.ts';
import { draftFacts, draftStatus } from './draft-facts.ts';
import { createDrafts, type Drafts, type DraftText } from './drafts.ts';
import { type Preview, previewUpdate } from './preview-update.ts';
import { readUpdates, type ToldUpdate } from './read-updates.ts';
import { type Addressed, targetsOf } from './targets-of.ts';
import type { Language } from './templates/wording.ts';
import { updateSubject } from './update-subject.ts';
import { noUpdatesConfig } from './updates-config.ts';

/** A text that is ready to be read and sent, with who would get it and how it would look there. */
export interface UpdateDraft {
  readonly audience: UpdateAudience;
  readonly status: UpdateStatus;
  readonly language: Language;
  readonly languages: readonly Language[];
  readonly subject: string;
  readonly body: string;
  readonly targets: readonly Addressed[];
  readonly previews: readonly Preview[];
}

/** A text of a person's own. */
export interface EditedText {
  readonly audience: UpdateAudience;
  readonly status: UpdateStatus;
  readonly body: string;
  readonly language?: Language | undefined;
}

/** How a text would arrive, and with whom. */
export type UpdatePreview = Pick<UpdateDraft, 'subject' | 'targets' | 'previews'>;

/** What is wanted of a draft; absent: the configured language. */
export interface DraftRequest {
  readonly audience: UpdateAudience;
  readonly language?: Language | undefined;
}

/** Drafts of updates, and what was told. */
export interface UpdateDesk {
  /** Drafted from what is known at `at`; nothing is sent. */
  draft(incident: Incident, plan: Plan, request: DraftRequest, at: EpochMs): UpdateDraft;
  /** A text that a person has written, as it would arrive; nothing is sent. */
  preview(incident: Incident, text: EditedText): UpdatePreview;
  /** The last word to every audience, in the configured language. */
  finals(incident: Incident, plan: Plan, at: EpochMs): readonly FinalUpdate[];
  told(incidentId: string): Promise<readonly ToldUpdate[]>;
}

const audiences: readonly UpdateAudience[] = ['internal', 'status-page', 'customers', 'executives'];

export function createUpdateDesk(options: {
  readonly db: Database;
  readonly channels: ChannelsConfig;
  readonly people: () => readonly Person[];
}): UpdateDesk {
  const { db, channels, people } = options;
  const config = channels.updates ?? noUpdatesConfig;
  const drafts = createDrafts(config.templates);
  const nameOf = (id: string): string => personById(people(), id)?.name ?? id;

  const write = (
    incident: Incident,
    plan: Plan,
    what: Parameters<Drafts['write']>[1],
    at: EpochMs,
  ): DraftText => {
    const about = { audience: what.audience, at, service: config.service, nameOf };
    return drafts.write(draftFacts(incident, plan, about), what);
  };

  const draft: UpdateDesk['draft'] = (incident, plan, { audience, language = config.language }, at) => {
    const status = draftStatus(incident);
    const text = write(incident, plan, { audience, status, language }, at);
    const targets = whoGetsIt(incident, audience, channels);
    const previews = previewUpdate(text.subject, text.body, targets);
    return { audience, status, languages: drafts.languagesFor(audience), targets, previews, ...text };
  };

  const preview: UpdateDesk['preview'] = (
    incident,
    { audience, status, body, language = config.language },
  ) => {
    const { service } = config;
    const { number, severity, drill } = incident;
    const about = { audience, status, language, service, number, severity, drill: drill !== null };
    const subject = updateSubject(about);
    const targets = whoGetsIt(incident, audience, channels);
    return { subject, targets, previews: previewUpdate(subject, body, targets) };
  };

  return {
    draft,
    preview,
    finals: (incident, plan, at) =>
      audiences.map((audience) => {
        const { body, language } = write(
          incident,
          plan,
          { audience, status: 'resolved', language: config.language },
          at,
        );
        return { audience, body, language };
      }),
    told: (incidentId) => readUpdates(db, incidentId),
  };
}

function whoGetsIt(
  { affectedTenants = [], drill }: Incident,
  audience: UpdateAudience,
  channels: ChannelsConfig,
): readonly Addressed[] {
  const tenants = audience === 'customers' ? affectedTenants : [];
  const named = targetsOf({ audience, tenants }, channels, drill !== null);
  if (audience !== 'status-page') return named;
  return [{ channel: 'status-page', address: '', tenant: null, not: null }, ...named];
}
