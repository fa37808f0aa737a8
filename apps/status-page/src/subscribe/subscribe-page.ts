import type { HookKind } from '@tocsin/contract';
import type { Writing } from '../pages/format.ts';
import { html, type Html } from '../pages/html.ts';

/** A way by which visitors get updates. */
export type Way = 'email' | HookKind;

export interface SubscribeFormOptions {
  readonly ways: readonly Way[];
  readonly stamp: string;
  /** What was wrong with the last try, and by which way it was. */
  readonly problem: { readonly way: Way; readonly text: string } | null;
}

/** A form for each way that is offered; without a script. */
export function subscribeForm(writing: Writing, options: SubscribeFormOptions): Html {
  const { words, link } = writing;
  return html`<h1>${words.subscribe.title}</h1>
    <p>${words.subscribe.lead}</p>
    ${options.ways.map((way) => formOf(writing, way, options))}
    <p><a href="${link('')}">${words.back}</a></p>`;
}

function formOf({ words, link }: Writing, way: Way, { stamp, problem }: SubscribeFormOptions): Html {
  const { subscribe, report } = words;
  const lead = leadOf(subscribe, way);
  const said = problem?.way === way ? problem.text : null;
  const trap = `website-${way}`;
  return html`<h2 id="by-${way}">${subscribe[way]}</h2>
    ${lead === null ? null : html`<p>${lead}</p>`}
    ${said === null ? null : html`<p class="stale" role="alert">${said}</p>`}
    <form method="post" action="${link('subscribe/')}" aria-labelledby="by-${way}">
      ${fieldOf(subscribe, way)}
      <p class="trap" aria-hidden="true">
        <label for="${trap}">${report.trap}</label>
        <input id="${trap}" name="website" tabindex="-1" autocomplete="off" />
      </p>
      <input type="hidden" name="way" value="${way}" />
      <input type="hidden" name="stamp" value="${stamp}" />
      <p><button type="submit">${subscribe.send}</button></p>
    </form>`;
}

function leadOf(words: Writing['words']['subscribe'], way: Way): string | null {
  return way === 'email' ? null : way === 'webhook' ? words.webhookLead : words.slackLead;
}

function fieldOf(words: Writing['words']['subscribe'], way: Way): Html {
  if (way === 'email')
    return html`<p>
      <label for="address">${words.address}</label>
      <input id="address" name="address" type="email" maxlength="200" autocomplete="email" required />
    </p>`;
  return html`<p>
    <label for="${way}-url">${way === 'webhook' ? words.webhookUrl : words.slackUrl}</label>
    <input id="${way}-url" name="url" type="url" maxlength="500" autocomplete="off" required />
  </p>`;
}

/** A link of a message asks before it does something: programs that look into messages open links. */
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
