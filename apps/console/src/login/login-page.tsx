import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ProblemError } from '@tocsin/contract';
import { useEffect, useRef } from 'react';
import { client } from '../client.ts';
import { BellMark } from '../layout/bell-mark.tsx';
import { takeLoginToken } from './take-login-token.ts';

/** Uses the one-time link up and leads on; says clearly when it was used, has expired, or holds no token. */
export function LoginPage() {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const token = useRef<string | null>(null);
  const login = useMutation({
    mutationFn: (secret: string) => client.login(secret),
    onSuccess: async (me) => {
      cache.setQueryData(['me'], me);
      await navigate({ to: '/', replace: true });
    },
  });
  const { mutate } = login;
  useEffect(() => {
    // The address bar is emptied at once; a second run of this effect must not lose the token, nor use it twice.
    if (token.current !== null) return;
    token.current = takeLoginToken();
    if (token.current !== '') mutate(token.current);
  }, [mutate]);

  return (
    <main className="notice-page">
      <p className="brand">
        <BellMark />
        Tocsin
      </p>
      {login.error === null ? (
        <SigningIn pending={login.isPending} />
      ) : (
        <Refused error={login.error} retry={() => mutate(token.current ?? '')} />
      )}
    </main>
  );
}

function SigningIn({ pending }: { readonly pending: boolean }) {
  if (pending) return <h1>Signing you in…</h1>;
  return (
    <>
      <h1>This link holds no token</h1>
      <p>
        Open the whole link, with what stands behind <code>#</code>. <code>tocsin up</code> prints one when it
        starts.
      </p>
    </>
  );
}

function Refused({ error, retry }: { readonly error: Error; readonly retry: () => void }) {
  const usedUp = error instanceof ProblemError && error.problem.status === 410;
  return (
    <div role="alert">
      <h1>{usedUp ? 'This login link does not work any more' : 'Signing in did not work'}</h1>
      <p>{error.message.replace(/^token: /, '').replace(/^./, (letter) => letter.toUpperCase())}.</p>
      {!usedUp && (
        <Button size="lg" onClick={retry}>
          Try again
        </Button>
      )}
    </div>
  );
}
