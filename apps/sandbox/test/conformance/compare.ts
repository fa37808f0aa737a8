import { parse } from 'yaml';
import type { Run } from '../kubectl/kubectl.ts';
import { normalize, outline } from '../kubectl/normalize.ts';

/** One way in which a run is not like its recording: `stdout - X` has X in the recording only, `+` in the run only. */
export type Difference = `${'exit code' | 'stderr' | 'stdout'} ${string}`;

/** What a run of the same command on another cluster does not have in common with a recording. */
export function differencesOf(recorded: Run, run: Run, command: string): Difference[] {
  const codes = recorded.exitCode === run.exitCode ? [] : [recorded.exitCode, run.exitCode];
  return [
    ...(codes.length === 0 ? [] : [`exit code ${codes.join(' became ')}` as const]),
    ...unlike(lines(recorded.stderr), lines(run.stderr)).map((one) => `stderr ${one}` as const),
    ...unlike(form(command, recorded.stdout), form(command, run.stdout)).map(
      (one) => `stdout ${one}` as const,
    ),
  ];
}

/** What kinds of commands are compared by, where it is not every line they print; the first that fits counts. */
const forms: [command: RegExp, form: (stdout: string) => string[]][] = [
  [/ -o (json|yaml)\b/, (stdout) => pathsOf(parse(stdout), '')],
  [/ describe [^|]*$/, (stdout) => outline(stdout).filter((label) => !/^[A-Z_]+$/.test(label))],
  // What programs say of themselves is theirs; that they are heard is not.
  [/ logs /, (stdout) => [stdout.trim() === '' ? 'nothing' : 'lines']],
  [/ exec .* -p /, (stdout) => [stdout.trim() === '' ? 'nothing' : 'lines']],
  [/ rollout status /, (stdout) => lines(stdout).slice(-1)],
  [
    / diff /,
    (stdout) =>
      stdout
        .split('\n')
        .filter((line) => /^[-+] /.test(line))
        .map(unnumbered),
  ],
  [/ port-forward /, (stdout) => lines(stdout).filter((line) => /^(Forwarding|Handling)/.test(line))],
  [/ --watch /, (stdout) => [...new Set(normalize(stdout).match(/\b(0|1)\/1 [A-Za-z]+|^NAME.*$/gm))]],
  [/ -o (name|jsonpath|custom-columns)/, (stdout) => [stdout.trim() === '' ? 'nothing' : 'lines']],
];

function form(command: string, stdout: string): string[] {
  const own = forms.find(([pattern]) => pattern.test(command))?.[1];
  if (own !== undefined || stdout.trim() === '') return own?.(stdout) ?? [];
  const titles = stdout.split('\n').filter((line) => /^[A-Z][A-Z() -]{2,}( |$)/.test(line));
  return titles.length > 0 ? titles.map(normalize) : lines(stdout);
}

function unnumbered(text: string): string {
  return normalize(text).replace(/generation: \d+/, 'generation: N');
}

/** Names and numbers of one cluster, and what stands for them. */
const names: [RegExp, string][] = [
  [/(Restart Count: |Ready: )\w+/g, '$1VALUE'],
  [/\d+ of \d+ updated/g, 'N of N updated'],
  [/\b(kn\d|node-[abc])\b/g, 'NODE'],
  [/\b(pod\/|platform\/)(multitenant-api|redis|postgres)-\S+/g, '$1POD'],
  [/E\d{4} [\d:.]+ +\d+ /g, 'E '],
  [/timeout reached: (\d+s|AGE)/g, 'timeout reached: TIME'],
  [/(?<=IP:|\]:|for )\d+/g, 'PORT'],
];

function lines(output: string): string[] {
  const plain = names.reduce((text, [pattern, name]) => text.replace(pattern, name), normalize(output));
  return [...new Set(plain.split('\n').map((line) => line.trim()))].filter((line) => line !== '');
}

/** Keys of these maps are names of one cluster; what a container is doing differs from moment to moment. */
const maps =
  /\.(labels|annotations|matchLabels|nodeSelector|limits|requests|state|capacity|allocatable|allocatedResources)$/;

/** The paths of a document: `.items[].spec.containers[].name`. Items of a list are not told apart. */
function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null || maps.test(path)) return [path];
  const parts: [string, unknown][] = Array.isArray(value)
    ? value.map((item) => ['[]', item])
    : Object.entries(value).map(([key, part]) => [`.${key}`, part]);
  return [...new Set(parts.flatMap(([step, part]) => pathsOf(part, path + step)))];
}

function unlike(recorded: readonly string[], found: readonly string[]): string[] {
  const missing = recorded.filter((one) => !found.includes(one)).map((one) => `- ${one}`);
  return [...missing, ...found.filter((one) => !recorded.includes(one)).map((one) => `+ ${one}`)];
}
