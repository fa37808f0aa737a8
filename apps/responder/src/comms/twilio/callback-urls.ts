import { urlUnder } from '#platform';

/** Where Twilio tells what became of a message or call, and which key was pressed. The message's id is in the path, which is signed. */
export function callbackUrls(base: string) {
  const at = (what: string) => (messageId: string) =>
    urlUnder(base, `callbacks/twilio/${what}/${encodeURIComponent(messageId)}`);
  return { status: at('status'), key: at('key') };
}
