import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../client.ts';
import { Failure } from '../layout/failure.tsx';
import { Panel } from '../layout/panel.tsx';
import { queries } from '../queries.ts';
import { subscribe, whyNoPush } from './subscribe.ts';

/** Lets this browser wake the person who is signed in, and shows which of theirs do. */
export function WakeMePanel() {
  const { data: push, error } = useQuery(queries.pushKey);
  const { data: contacts } = useQuery(queries.contacts);
  const cache = useQueryClient();
  const refresh = () => cache.invalidateQueries({ queryKey: ['contacts'] });
  const add = useMutation({
    mutationFn: async (key: string) => {
      const made = await subscribe(key);
      if ('refused' in made) throw new Error(made.refused);
      const { contact } = await client.addPushDevice(made);
      await client.sendContactCode(contact);
    },
    onSettled: refresh,
  });
  const remove = useMutation({ mutationFn: client.removePushDevice, onSettled: refresh });
  if (push === undefined || push.publicKey === null) return <Failure error={error} />;
  const key = push.publicKey;
  const devices = contacts?.filter((one) => one.channel === 'push') ?? [];
  const impossible = whyNoPush();
  return (
    <Panel title="Devices that wake you">
      <ul className="plain-list">
        {devices.map((one) => (
          <li key={one.contact} className="source">
            <span className="source-name">
              {one.address}
              <span className="quiet small block">
                {one.verified ? '✓ verified' : 'not verified: give the code that came on the Pages page'}
              </span>
            </span>
            <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate(one.contact)}>
              Remove {one.address}
            </Button>
          </li>
        ))}
      </ul>
      {impossible === null ? (
        <Button loading={add.isPending} onClick={() => add.mutate(key)}>
          Wake me on this device
        </Button>
      ) : (
        <p className="warn-text">{impossible}</p>
      )}
      <Failure error={add.error ?? remove.error} />
    </Panel>
  );
}
