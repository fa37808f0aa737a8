import type { Writing } from '../pages/format.ts';
import { html, type Html } from '../pages/html.ts';

/** The form for an address. */
export function subscribeForm({ words, link }: Writing, stamp: string, problem: string | null): Html {
  const { subscribe, report } = words;
  return html`<h1>${subscribe.title}</h1>
    <p>${subscribe.lead}</p>
    ${problem === null ? null : html`<p class="stale" role="alert">${problem}</p>`}
    <form method="post" action="${link('subscribe/')}">
      <p>
        <label for="address">${subscribe.address}</label>
        <input id="address" name="address" type="email" maxlength="200" autocomplete="email" required />
      </p>
      <p class="trap" aria-hidden="true">
        <label for="website">${report.trap}</label>
        <input id="website" name="website" tabindex="-1" autocomplete="off" />
      </p>
      <input type="hidden" name="stamp" value="${stamp}" />
      <p><button type="submit">${subscribe.send}</button></p>
    </form>
    <p><a href="${link('')}">${words.back}</a></p>`;
}

/** A link of a mail asks before it does something: programs that look into mails open links. */
export function linkForm({ words, link }: Writing, kind: 'confirm' | 'leave'): Html {
  const { subscribe } = words;
  const title = kind === 'confirm' ? subscribe.confirmTitle : subscribe.leaveTitle;
  return html`<h1>${title}</h1>
    <form method="post">
      <p><button type="submit">${subscribe[kind]}</button></p>
    </form>
    <p><a href="${link('')}">${words.back}</a></p>`;
}

/** What came of it. */
export function subscribeSaid({ words, link }: Writing, text: string): Html {
  return html`<h1>${words.subscribe.title}</h1>
    <p role="status">${text}</p>
    <p><a href="${link('')}">${words.back}</a></p>`;
}
