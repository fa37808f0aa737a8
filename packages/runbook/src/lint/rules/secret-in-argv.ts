import { isSecretPlaceholder } from '../../grammar/placeholder.ts';
import { actionRule } from '../rule.ts';

/** What is longer is a document, not a header; the cap keeps the patterns linear. */
const LONGEST = 4000;
const SECRET_TEXT =
  /(?:^|[\s"'])(?:authorization:\s*(?:bearer|basic)\s+\S|(?:--env=)?[\w]*(?:PASSWORD|TOKEN|SECRET|API_?KEY)\w*=\S)/i;
const PLAIN_HTTP = /^http:\/\/(?!localhost|127\.|\[::1\]|[^/]*\.svc\b|[^./:]+(?::\d+)?(?:\/|$))/i;

/** RB030: argv and pod specs are readable by others; a bearer token over http:// by everybody on the way. */
export const secretInArgv = actionRule('RB030', 'warning', (action) => {
  const args = (action.pipeline ?? [[action.text]]).flat().map((arg) => arg.slice(0, LONGEST));
  const secret = action.placeholders.find(isSecretPlaceholder);
  const literal = args.find((arg) => SECRET_TEXT.test(arg));
  if (secret === undefined && literal === undefined) return null;
  const what = secret === undefined ? 'a secret' : `the secret <${secret}>`;
  const plain = args.some((arg) => PLAIN_HTTP.test(arg)) ? ', and it crosses the network over http://' : '';
  return {
    message: `${what} stands in the command line or pod spec, where others can read it${plain}`,
    suggestion: 'refer to it instead: a Kubernetes Secret, or curl -H @<auth-file>, over https://',
  };
});
