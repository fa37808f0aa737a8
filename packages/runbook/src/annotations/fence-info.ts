/** The language and the JSON attributes of a fence's info string: `bash {"name":"drain-node"}`. */
export function fenceInfo(info: string): { language: string; json?: string } {
  const brace = info.indexOf('{');
  const words = (brace < 0 ? info : info.slice(0, brace)).trim();
  const language = (words.split(/\s+/)[0] ?? '').toLowerCase();
  if (brace < 0) return { language };
  return { language, json: info.slice(brace).trim() };
}
