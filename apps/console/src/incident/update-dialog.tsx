import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { IncidentView, PostUpdate, UpdateAudienceView, UpdateDraftView } from '@tocsin/contract';
import { useState } from 'react';
import { client } from '../client.ts';
import { Dialog } from '../layout/dialog.tsx';
import { Failure } from '../layout/failure.tsx';
import { queries } from '../queries.ts';
import { audienceWords, updateStatusWords } from './update-words.ts';
import { useAct } from './use-act.ts';

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
  const cache = useQueryClient();
  const tell = useAct(
    incident.id,
    (update: PostUpdate) => client.postUpdate(incident.id, update),
    () => {
      void cache.invalidateQueries({ queryKey: ['updates', incident.id] });
      onClose();
    },
  );
  const leaks = tell.error?.message.includes('insist with a reason') === true;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        const { audience, status } = shown;
        const reason = insist.trim();
        tell.mutate({ audience, status, body, ...(reason === '' ? {} : { insist: reason }) });
      }}
    >
      <p>
        <strong>{updateStatusWords[shown.status]}</strong> · {shown.subject}
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
      <Targets draft={shown} />
      <Failure error={tell.error} />
      {leaks && (
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
          Send to {audienceWords[shown.audience].toLowerCase()}
        </Button>
        <Button size="lg" variant="default" onClick={onClose}>
          Not now
        </Button>
      </div>
    </form>
  );
}

/** Who gets it, and how the draft looks there. */
function Targets({ draft }: { readonly draft: UpdateDraftView }) {
  if (draft.targets.length === 0)
    return (
      <p className="warn-text">Nobody gets it: no target is configured. It will be on record all the same.</p>
    );
  return (
    <details className="update-previews">
      <summary>
        Goes to {draft.targets.length} {draft.targets.length === 1 ? 'target' : 'targets'}
      </summary>
      <ul className="plain-list">
        {draft.targets.map(({ channel, address, tenant, not }) => (
          <li key={`${channel} ${address} ${tenant ?? ''}`} className="small">
            {[tenant, channel, address].filter((part) => part !== null && part !== '').join(' ')}
            {not === null ? '' : `: gets nothing, ${not}`}
          </li>
        ))}
      </ul>
      {draft.previews.map(({ channel, text }) => (
        <div key={channel}>
          <h3 className="small">The draft on {channel}</h3>
          <pre className="update-text">{text}</pre>
        </div>
      ))}
    </details>
  );
}
