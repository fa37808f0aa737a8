const escape = String.fromCodePoint(27);

/** What differs from run to run, and what stands for it in a comparison. */
const replacements: [RegExp, string][] = [
  [new RegExp(`${escape}\\[[\\d;]*m`, 'g'), ''],
  [/https:\/\/127\.\d+\.\d+\.\d+:\d+/g, 'URL'],
  [/\b\d+\.\d+\.\d+\.\d+\b/g, 'IP'],
  [/\w{3}, \d\d \w{3} \d{4} [\d:]+ \+0000/g, 'TIME'],
  [/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \+0000 UTC/g, 'TIME'],
  [/(multitenant-api|redis)-[a-z0-9]{8,10}-[a-z0-9]{5}\b/g, '$1-POD'],
  [/(?<=\s)(\d+[smhdy]){1,2}(?=\s|$)/g, 'AGE'],
  [/[ \t]+/g, ' '],
];

/** Output without what differs from run to run: addresses, ages, times, generated names, padding. */
export function normalize(output: string): string {
  return replacements.reduce((text, [pattern, stand]) => text.replace(pattern, stand), output).trim();
}

/** The column titles of a table, or the labels of a description, in order and without repetition. */
export function outline(output: string): string[] {
  const labels = output
    .split('\n')
    .map((line) => /^ *([A-Z][^:\s]*(?: [A-Za-z()-]+)*):(\s|$)/.exec(line)?.[1]);
  return [...new Set(labels.filter((label) => label !== undefined))];
}
