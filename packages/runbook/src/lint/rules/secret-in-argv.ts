import type { RunbookDocument } from '../../document/document.ts';
import { isSecretPlaceholder } from '../../grammar/placeholder.ts';
import type { Action } from '../../plan.ts';
import { rangeInAction, rewrite, type Edit } from '../rewrite.ts';
import { actionRule, type ActionFinding } from '../rule.ts';
import { wordsOfAction, type PlacedWord } from '../words-of-action.ts';

/** What is longer is a document, not a header; the cap keeps the patterns linear. */
const LONGEST = 4000;
const SECRET_TEXT =
  /(?:^|[\s"'])(?:authorization:\s*(?:bearer|basic)\s+\S|(?:--env=)?[\w]*(?:PASSWORD|TOKEN|SECRET|API_?KEY)\w*=\S)/i;
const PLAIN_HTTP = /^http:\/\/(?!localhost|127\.|\[::1\]|[^/]*\.svc\b|[^./:]+(?::\d+)?(?:\/|$))/i;

/** RB030: argv and pod specs are readable by others; a bearer token over http:// by everybody on the way. */
export const secretInArgv = actionRule('RB030', 'warning', (action, { document }) => {
  const args = (action.pipeline ?? [[action.text]]).flat().map((arg) => arg.slice(0, LONGEST));
  const secret = action.placeholders.find(isSecretPlaceholder);
  const literal = args.find((arg) => SECRET_TEXT.test(arg));
  if (secret === undefined && literal === undefined) return null;
  const what = secret === undefined ? 'a secret' : `the secret <${secret}>`;
  const plain = args.some((arg) => PLAIN_HTTP.test(arg)) ? ', and it crosses the network over http://' : '';
  return {
    message: `${what} stands in the command line or pod spec, where others can read it${plain}`,
    suggestion: 'refer to it instead: a Kubernetes Secret, or curl -H @<auth-header-file>, over https://',
    ...placeOf(document, action, secret),
    ...headerFromFile(document, action),
  };
});

function placeOf(
  document: RunbookDocument,
  action: Action,
  secret: string | undefined,
): Pick<ActionFinding, 'source'> {
  if (secret === undefined) return {};
  const from = action.text.indexOf(`<${secret}>`);
  return { source: rangeInAction(document, action, from, from + secret.length + 2) };
}

/** A curl whose secret is one header reads that header from a file instead. */
function headerFromFile(
  document: RunbookDocument,
  action: Action,
): Pick<ActionFinding, 'suggestion' | 'fix'> {
  const words = wordsOfAction(action)?.[0] ?? [];
  const headers = words.filter((word) => /^authorization:/i.test(word.value));
  const header = headers[0];
  if (words[0]?.value !== 'curl' || header === undefined || headers.length > 1) return {};
  const edits: Edit[] = [
    { from: header.from, to: header.to, text: '@<auth-header-file>' },
    ...words.filter((word) => PLAIN_HTTP.test(word.value)).map(overTls(action)),
  ];
  return rewrite(document, action, edits, false);
}

function overTls(action: Action): (word: PlacedWord) => Edit {
  return ({ from, to }) => ({ from, to, text: action.text.slice(from, to).replace(/http:/i, 'https:') });
}
