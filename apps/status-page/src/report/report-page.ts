import type { Writing } from '../pages/format.ts';
import { html, type Html } from '../pages/html.ts';

/** The form, with what was said about the last try; without a script. */
export function reportForm({ words, link }: Writing, stamp: string, problem: string | null): Html {
  const { report } = words;
  return html`<h1>${report.title}</h1>
    <p>${report.lead}</p>
    ${problem === null ? null : html`<p class="stale" role="alert">${problem}</p>`}
    <form method="post" action="${link('report/')}">
      <p>
        <label for="text">${report.text}</label>
        <textarea id="text" name="text" rows="5" maxlength="1500" required></textarea>
      </p>
      <p>
        <label for="from">${report.from}</label>
        <input id="from" name="from" maxlength="200" autocomplete="organization" />
      </p>
      <p class="trap" aria-hidden="true">
        <label for="website">${report.trap}</label>
        <input id="website" name="website" tabindex="-1" autocomplete="off" />
      </p>
      <input type="hidden" name="stamp" value="${stamp}" />
      <p><button type="submit">${report.send}</button></p>
    </form>
    <p><a href="${link('')}">${words.back}</a></p>`;
}

/** After it was taken. */
export function reportThanks({ words, link }: Writing): Html {
  return html`<h1>${words.report.title}</h1>
    <p role="status">${words.report.stored}</p>
    <p><a href="${link('')}">${words.back}</a></p>`;
}
