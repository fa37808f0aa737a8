import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { client } from '../client.ts';
import { queries } from '../queries.ts';
import { Failure } from './failure.tsx';

/** Who is signed in, in which role, and the way out. */
export function SignedInAs() {
  const cache = useQueryClient();
  const { data: me } = useQuery(queries.me);
  const logout = useMutation({
    mutationFn: () => client.logout(),
    onSuccess: () => cache.resetQueries({ queryKey: ['me'] }),
  });
  if (me === undefined) return null;
  return (
    <footer className="signed-in-as quiet">
      <span>
        Signed in as {me.name} ({me.role})
      </span>
      <Button variant="default" size="md" loading={logout.isPending} onClick={() => logout.mutate()}>
        Sign out
      </Button>
      <Failure error={logout.error} />
    </footer>
  );
}
