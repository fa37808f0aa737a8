import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router';
import { AlertsPage } from './alerts/alerts-page.tsx';
import { HomePage } from './home/home-page.tsx';
import { InboxPage } from './inbox/inbox-page.tsx';
import { IncidentPage } from './incident/incident-page.tsx';
import { NotFoundPage } from './layout/not-found-page.tsx';
import { SignedInFrame } from './layout/signed-in-frame.tsx';
import { OnCallPage } from './oncall/on-call-page.tsx';
import { RunbookPage } from './runbook/runbook-page.tsx';
import { LoginPage } from './login/login-page.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage });
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedInFrame });

const routeTree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: '/login', component: LoginPage }),
  signedIn.addChildren([
    createRoute({ getParentRoute: () => signedIn, path: '/', component: HomePage }),
    createRoute({ getParentRoute: () => signedIn, path: '/inbox', component: InboxPage }),
    createRoute({ getParentRoute: () => signedIn, path: '/alerts', component: AlertsPage }),
    createRoute({ getParentRoute: () => signedIn, path: '/oncall', component: OnCallPage }),
    createRoute({ getParentRoute: () => signedIn, path: '/runbook', component: RunbookPage }),
    createRoute({ getParentRoute: () => signedIn, path: '/incidents/$id', component: IncidentPage }),
  ]),
]);

export const router = createRouter({ routeTree, defaultPreload: false, scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
