import { BellMark } from './bell-mark.tsx';

/** Shown in place of any page while nobody is signed in; the address stays, so that signing in leads back to it. */
export function SignedOutPage() {
  return (
    <main className="notice-page">
      <p className="brand">
        <BellMark />
        Tocsin
      </p>
      <h1>You are not signed in</h1>
      <p>
        Sign in with a one-time link. <code>tocsin up</code> prints one when it starts; a page that reached
        you by e-mail leads here too.
      </p>
    </main>
  );
}
