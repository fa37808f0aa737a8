import { useQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { ProblemError } from '@tocsin/contract';
import { LiveProvider } from '../live/live-provider.tsx';
import { LiveState, StaleBar } from '../live/live-state.tsx';
import { queries } from '../queries.ts';
import { RunbookBanner } from '../runbook/runbook-banner.tsx';
import { BellMark } from './bell-mark.tsx';
import { Failure } from './failure.tsx';
import { HandsOffBanner } from './hands-off-banner.tsx';
import { InboxLink } from './inbox-link.tsx';
import { SignedOutPage } from './signed-out-page.tsx';

/** The frame around every page that needs a person: name of the product, inbox, who is signed in, and whether it is live. */
export function SignedInFrame() {
  const { data: me, error, isPending } = useQuery(queries.me);
  if (error instanceof ProblemError && error.problem.status === 401) return <SignedOutPage />;
  if (error !== null && me === undefined) return <Failure error={error} />;
  if (isPending) return <p className="quiet page">Loading…</p>;
  return (
    <LiveProvider>
      <a className="skip-link" href="#content">
        Skip to content
      </a>
      <header className="top-bar">
        <Link to="/" className="brand">
          <BellMark />
          <span className="brand-word">Tocsin</span>
        </Link>
        <nav aria-label="Main" className="top-nav">
          <Link to="/alerts" className="nav-link">
            Alerts
          </Link>
          <Link to="/oncall" className="nav-link wide-only">
            On call
          </Link>
          <Link to="/runbook" className="nav-link">
            Runbook
          </Link>
          <InboxLink />
          <span className="who" title={`role: ${me.role}`}>
            {me.name}
          </span>
          <LiveState />
        </nav>
      </header>
      <StaleBar />
      <HandsOffBanner />
      <RunbookBanner />
      <main id="content">
        <Outlet />
      </main>
    </LiveProvider>
  );
}
