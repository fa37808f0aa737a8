// Shows pages that come by web push and follows presses on them. It keeps nothing and answers no request of the console's.

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => {
  event.waitUntil(show(event.data));
});

async function show(data) {
  const page = read(data);
  await self.registration.showNotification(page.title, {
    body: page.body,
    tag: page.tag,
    renotify: true,
    requireInteraction: true,
    icon: '/icon-192.png',
    data: { url: page.url, acknowledgeUrl: page.acknowledgeUrl },
    actions: page.acknowledgeUrl ? [{ action: 'acknowledge', title: 'Acknowledge' }] : [],
  });
}

/** A push must always be shown; one that cannot be read still says that something has come. */
function read(data) {
  const unread = { title: 'Tocsin', body: 'A page has come. Open the console.', tag: 'unread', url: '/' };
  try {
    return { ...unread, ...data.json() };
  } catch {
    return unread;
  }
}

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { url, acknowledgeUrl } = event.notification.data ?? {};
  if (event.action === 'acknowledge' && acknowledgeUrl) event.waitUntil(acknowledge(acknowledgeUrl, url));
  else event.waitUntil(openPage(url ?? '/'));
});

/** Posts to the page's own signed link; when that does not work, the incident is opened to do it there. */
async function acknowledge(link, url) {
  const { pathname } = new URL(link);
  const answer = await fetch(pathname, { method: 'POST', credentials: 'omit' }).catch(() => null);
  if (answer === null || !answer.ok) await openPage(url ?? pathname);
}

async function openPage(url) {
  const { pathname } = new URL(url, self.location.origin);
  const windows = await self.clients.matchAll({ type: 'window' });
  const found = windows.find((one) => new URL(one.url).pathname === pathname);
  await (found === undefined ? self.clients.openWindow(pathname) : found.focus());
}
