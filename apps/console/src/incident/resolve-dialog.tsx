import type { IncidentView } from '@tocsin/contract';
import { client } from '../client.ts';
import { ReasonDialog } from './reason-dialog.tsx';
import { useAct } from './use-act.ts';

/** Closing needs every line of the checklist ticked, or a reason why the rest stays open. */
export function ResolveDialog({
  incident,
  onClose,
}: {
  readonly incident: IncidentView;
  readonly onClose: () => void;
}) {
  const open = incident.checklist.filter((line) => line.tickedAt === null).map((line) => line.text);
  const resolve = useAct(
    incident.id,
    (note: string) =>
      client.resolve(incident.id, { note, waivers: Object.fromEntries(open.map((text) => [text, note])) }),
    onClose,
  );
  return (
    <ReasonDialog
      title="Close the incident?"
      label={open.length === 0 ? 'Closing note' : 'Why may it be closed with these open?'}
      confirm="Close it"
      pending={resolve.isPending}
      error={resolve.error}
      onConfirm={resolve.mutate}
      onClose={onClose}
    >
      {open.length > 0 && (
        <>
          <p>Still open on the checklist:</p>
          <ul>
            {open.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </>
      )}
    </ReasonDialog>
  );
}
