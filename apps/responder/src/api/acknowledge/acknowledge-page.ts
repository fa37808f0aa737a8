import type { OpenedLink } from '#comms';
import { newestAnswer, waitsForAnswer } from '#incidents';
import type { NameOf } from '../views/names.ts';
import { html, type Html } from './html.ts';

/** What an acknowledge link shows: the incident and one button, which is a POST, or why there is none. */
export function acknowledgePage(opened: OpenedLink, nameOf: NameOf): { status: number; content: Html } {
  if ('refused' in opened) return refusals[opened.refused];
  const { incident, person } = opened;
  const heading = html`<h1>#${incident.number} ${incident.title}</h1>
    <p>${incident.severity}: ${incident.severityReason}</p>`;
  if (incident.status === 'resolved')
    return {
      status: 200,
      content: html`${heading}
        <p>It is closed.</p>`,
    };
  if (!waitsForAnswer(incident))
    return {
      status: 200,
      content: html`${heading}
        <p role="status">Acknowledged by ${nameOf(newestAnswer(incident)?.by ?? 'somebody')}.</p>`,
    };
  return {
    status: 200,
    content: html`${heading}
      <form method="post"><button type="submit">Acknowledge as ${person.name}</button></form>`,
  };
}

/** What came of the button. */
export function answeredPage(text: string): Html {
  return html`<h1>${text}</h1>`;
}

/** Why a link does not hold, as a page. */
export const refusals = {
  unknown: {
    status: 404,
    content: html`<h1>This link does not hold</h1>
      <p>
        It was cut off or changed on its way, or what it was for is gone. Open the incident in the console.
      </p>`,
  },
  expired: {
    status: 410,
    content: html`<h1>This link has expired</h1>
      <p>Links in pages hold for a day. Open the incident in the console.</p>`,
  },
} as const;

/** A whole page around the content; its style is let through by the nonce. */
export function wholePage(content: Html, nonce: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>Answer a page - Tocsin</title>
        <style nonce="${nonce}">
          body {
            font:
              1.1rem/1.5 system-ui,
              sans-serif;
            margin: 2rem auto;
            max-width: 36rem;
            padding: 0 1rem;
          }
          button {
            background: #a61e4d;
            border: 0;
            border-radius: 0.5rem;
            color: #fff;
            font: inherit;
            min-height: 3.5rem;
            width: 100%;
          }
        </style>
      </head>
      <body>
        <main>${content}</main>
      </body>
    </html>`.html;
}
