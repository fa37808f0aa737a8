import { html, type Html } from './html.ts';
import type { ReceivedMessage } from './message-store.ts';

const style = html`<style>
  body {
    font:
      15px/1.5 system-ui,
      sans-serif;
    margin: 2rem auto;
    max-width: 60rem;
    padding: 0 1rem;
    color: #1a1a1a;
  }
  article {
    border-top: 1px solid #ccc;
    padding: 1rem 0;
  }
  h2 {
    font-size: 1.05rem;
    margin: 0;
  }
  p {
    margin: 0.2rem 0;
    color: #555;
  }
  pre {
    white-space: pre-wrap;
    overflow-wrap: anywhere;
    font: inherit;
    margin: 0.6rem 0 0;
  }
</style>`;

function messageArticle(message: ReceivedMessage): Html {
  return html`<article id="${message.id}">
    <h2>${message.subject === '' ? '(no subject)' : message.subject}</h2>
    <p>
      <time datetime="${message.receivedAt}">${message.receivedAt}</time>, from ${message.from} to
      ${message.to.join(', ')}
    </p>
    <pre>${message.text}</pre>
    <p><a href="/messages/${message.id}">as JSON</a></p>
  </article>`;
}

/** The list for people, newest first; everything from a message is escaped. */
export function mailboxPage(messages: readonly ReceivedMessage[]): string {
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>Mailbox: ${count}</title>
        ${style}
      </head>
      <body>
        <h1>Mailbox</h1>
        <p>${count}, newest first. Nothing that arrives here leaves the sandbox.</p>
        ${messages.toReversed().map(messageArticle)}
      </body>
    </html>`.text;
}
