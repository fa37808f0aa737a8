import MarkdownIt from 'markdown-it';
import { type Html, trusted } from './html.ts';

/** HTML in the text stays text, links lead to http, https and mail alone, and nothing is loaded from elsewhere. */
const renderer = new MarkdownIt({ html: false, linkify: false, breaks: true }).disable([
  'image',
  'heading',
  'lheading',
]);

renderer.validateLink = (url) => /^(?:https?:|mailto:)/i.test(url.trim());

/** The body of an update. */
export function markdown(text: string): Html {
  return trusted(renderer.render(text));
}

/** The same without marks, for feeds and machines. */
export function plainText(text: string): string {
  return (
    text
      .replaceAll(/\[([^\]]*)\]\(([^)\s]*)[^)]*\)/g, (_all, said: string, url: string) =>
        said === url ? url : `${said} (${url})`,
      )
      .replaceAll(/[*`]+/g, '')
      // Within a word or an address it is no mark.
      .replaceAll(/(?<![\p{L}\p{N}/_])_+(?=\S)|(?<=\S)_+(?![\p{L}\p{N}/_])/gu, '')
      .trim()
  );
}
