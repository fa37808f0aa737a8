import { Button, Textarea } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { Dialog } from '../layout/dialog.tsx';
import { Failure } from '../layout/failure.tsx';

interface ReasonDialogProps {
  readonly title: string;
  readonly label: string;
  readonly confirm: string;
  readonly pending: boolean;
  readonly error: Error | null;
  readonly onConfirm: (reason: string) => void;
  readonly onClose: () => void;
  /** Something else that is asked for is missing. */
  readonly blocked?: boolean;
  /** A field among the children is to be filled first, and carries `data-autofocus`. */
  readonly startsElsewhere?: boolean;
  readonly children?: ReactNode;
}

/** Asks for a line of words before something that the timeline will show. */
export function ReasonDialog(props: ReasonDialogProps) {
  const [reason, setReason] = useState('');
  const missing = reason.trim() === '' || props.blocked === true;
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) props.onConfirm(reason.trim());
        }}
      >
        {props.children}
        <Textarea
          label={props.label}
          {...(props.startsElsewhere === true ? {} : { 'data-autofocus': true })}
          required
          autosize
          minRows={2}
          size="md"
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Failure error={props.error} />
        <div className="decision">
          <Button type="submit" size="lg" disabled={missing} loading={props.pending}>
            {props.confirm}
          </Button>
          <Button size="lg" variant="default" onClick={props.onClose}>
            Not now
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
