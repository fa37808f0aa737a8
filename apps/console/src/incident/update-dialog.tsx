import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import {
  type IncidentView,
  type PostUpdate,
  targetName,
  type UpdateAudienceView,
  type UpdateDraftView,
  type UpdatePreviewView,
} from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Dialog } from '../layout/dialog.tsx';
import { Failure } from '../layout/failure.tsx';
import { queries } from '../queries.ts';
import { audienceWords, updateStatusWords } from './update-words.ts';
import { useAct } from './use-act.ts';

/** A text is previewed once nobody has typed for this long. */
const stillMs = 400;

interface UpdateDialogProps {
  readonly incident: IncidentView;
  readonly audience: UpdateAudienceView;
  readonly onClose: () => void;
}

/** A draft from what is known, to be read and sent with one press. */
export function UpdateDialog({ incident, audience, onClose }: UpdateDialogProps) {
  const [language, setLanguage] = useState<UpdateDraftView['language'] | undefined>(undefined);
  const query = { audience, ...(language === undefined ? {} : { language }) };
  const { data: draft, error } = useQuery(queries.updateDraft(incident.id, query));
  return (
    <Dialog title={`Tell ${audienceWords[audience].toLowerCase()}`} onClose={onClose}>
      <Failure error={error} />
      {draft !== undefined && draft.languages.length > 1 && (
        <SegmentedControl
          aria-label="Language of the draft"
          size="md"
          fullWidth
          data={draft.languages.map((one) => ({ value: one, label: one === 'de' ? 'Deutsch' : 'English' }))}
          value={draft.language}
          onChange={(value) => setLanguage(value as UpdateDraftView['language'])}
        />
      )}
      {draft !== undefined && (
        <UpdateForm key={draft.language} incident={incident} draft={draft} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface UpdateFormProps {
  readonly incident: IncidentView;
  readonly draft: UpdateDraftView;
  readonly onClose: () => void;
}

/** The draft as it was when this opened: what is sent is what was read. */
function UpdateForm({ incident, draft, onClose }: UpdateFormProps) {
  const [shown] = useState(draft);
  const [body, setBody] = useState(shown.body);
  const [insist, setInsist] = useState('');
  const { audience, status } = shown;
  const { subject, previews, leaks, error } = usePreview(incident.id, shown, body);
  const tell = useTell(incident.id, onClose);
  const refused = tell.error?.message.includes('insist with a reason') === true;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const reason = insist.trim();
        tell.mutate({
          audience,
          status,
          body,
          language: shown.language,
          ...(reason === '' ? {} : { insist: reason }),
        });
      }}
    >
      <p>
        <strong>{updateStatusWords[status]}</strong> · {subject}
      </p>
      {shown.withheld !== null && <p className="warn-text">No draft: {shown.withheld}.</p>}
      <Textarea
        label="Text"
        autosize
        minRows={5}
        size="md"
        required
        value={body}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      <Failure error={error} />
      <Leaks leaks={leaks} />
      <Targets targets={shown.targets} previews={previews} />
      <Failure error={tell.error} />
      {(refused || leaks.length > 0) && (
        <Textarea
          label="Send it all the same? Why?"
          description="It stands on record."
          autosize
          size="md"
          value={insist}
          onChange={(event) => setInsist(event.currentTarget.value)}
        />
      )}
      <div className="decision">
        <Button type="submit" size="lg" data-autofocus disabled={body.trim() === ''} loading={tell.isPending}>
          Send to {audienceWords[audience].toLowerCase()}
        </Button>
        <Button size="lg" variant="default" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  );
}

/** The text as it would arrive, once nobody types; the draft's own look until that is known. */
function usePreview(
  incidentId: string,
  draft: UpdateDraftView,
  typed: string,
): Omit<UpdatePreviewView, 'targets'> & { readonly error: Error | null } {
  const { audience, status, language, subject, previews } = draft;
  const [body] = useDebouncedValue(typed, stillMs);
  const { data, error } = useQuery(queries.updatePreview(incidentId, { audience, status, body, language }));
  return { ...(data ?? { subject, previews, leaks: [] }), error };
}

function useTell(incidentId: string, onSent: () => void) {
  const cache = useQueryClient();
  return useAct(
    incidentId,
    (update: PostUpdate) => client.postUpdate(incidentId, update),
    () => {
      void cache.invalidateQueries({ queryKey: ['updates', incidentId] });
      onSent();
    },
  );
}

/** What has to stay inside, while it can still be changed. */
function Leaks({ leaks }: Pick<UpdatePreviewView, 'leaks'>) {
  return (
    <output className="update-leaks">
      {leaks.map((one) => (
        <span key={one} className="warn-text">
          Stays inside: {one}.
        </span>
      ))}
    </output>
  );
}

/** Who gets it, and how the text looks there as it stands. */
function Targets({ targets, previews }: Pick<UpdateDraftView, 'targets' | 'previews'>) {
  if (targets.length === 0)
    return (
      <p className="warn-text">Nobody gets it: no target is configured. It will be on record all the same.</p>
    );
  return (
    <details className="update-previews">
      <summary>
        Goes to {targets.length} {targets.length === 1 ? 'target' : 'targets'}
      </summary>
      <ul className="plain-list">
        {targets.map((one) => (
          <li key={targetName(one)} className="small">
            {targetName(one)}
            {one.not === null ? '' : `: gets nothing, ${one.not}`}
          </li>
        ))}
      </ul>
      {previews.map(({ channel, text }) => (
        <div key={channel}>
          <h3 className="small">On {channel}</h3>
          <pre className="update-text">{text}</pre>
        </div>
      ))}
    </details>
  );
}
