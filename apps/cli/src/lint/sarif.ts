import { LINT_CODES, type Fix, type Problem, type ProblemLevel, type SourceRange } from '@tocsin/runbook';
import { isAbsolute, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { pageFile, readPage } from './lint-pages.ts';
import { STDIN_NAME } from './read-runbook-file.ts';

/** A place as SARIF writes it: from 1, the end exclusive, in UTF-16 units. */
export interface SarifRegion {
  startLine: number;
  startColumn: number;
  endLine: number;
  endColumn: number;
}

interface SarifArtifact {
  uri: string;
  uriBaseId?: string;
}

interface SarifFix {
  description: { text: string };
  artifactChanges: {
    artifactLocation: SarifArtifact;
    replacements: { deletedRegion: SarifRegion; insertedContent: { text: string } }[];
  }[];
}

/** One problem. */
export interface SarifResult {
  ruleId: string;
  ruleIndex?: number;
  level: 'error' | 'warning' | 'note';
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: SarifArtifact; region: SarifRegion } }[];
  fixes?: SarifFix[];
}

interface SarifRule {
  id: string;
  shortDescription: { text: string };
  defaultConfiguration: { level: SarifResult['level'] };
  help?: { text: string; markdown: string };
  helpUri?: string;
}

/** The parts of the format (OASIS SARIF 2.1.0) that are written here. */
export interface SarifLog {
  $schema: string;
  version: '2.1.0';
  runs: {
    tool: { driver: { name: string; version: string; rules: SarifRule[] } };
    columnKind: 'utf16CodeUnits';
    newlineSequences: string[];
    results: SarifResult[];
  }[];
}

/** Where the pages are, from where paths count, and the version that says it. */
export interface SarifOptions {
  folders: string[];
  cwd: string;
  version: string;
}

/** Problems as a SARIF 2.1.0 log (OASIS), which code hosts and editors show; fixes are marked safe or not in their text. */
export function sarifLog(problems: Problem[], options: SarifOptions): SarifLog {
  const rules = LINT_CODES.map(({ code, level, title }): SarifRule => {
    const file = pageFile(code, options.folders);
    const page = readPage(code, options.folders);
    return {
      id: code,
      shortDescription: { text: title },
      defaultConfiguration: { level: sarifLevel(level) },
      ...(page === null ? {} : { help: { text: page, markdown: page } }),
      ...(file === null ? {} : { helpUri: pathToFileURL(file).href }),
    };
  });
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'tocsin', version: options.version, rules } },
        columnKind: 'utf16CodeUnits',
        newlineSequences: ['\r\n', '\n', '\r'],
        results: problems.map((problem) => resultOf(problem, options.cwd)),
      },
    ],
  };
}

function resultOf(problem: Problem, cwd: string): SarifResult {
  const artifactLocation = artifactOf(problem.file, cwd);
  const ruleIndex = LINT_CODES.findIndex(({ code }) => code === problem.code);
  const advice = problem.suggestion === undefined ? '' : `\n${problem.suggestion}`;
  return {
    ruleId: problem.code,
    ...(ruleIndex < 0 ? {} : { ruleIndex }),
    level: sarifLevel(problem.level),
    message: { text: `${problem.message}${advice}` },
    locations: [{ physicalLocation: { artifactLocation, region: regionOf(problem) } }],
    ...(problem.fix === undefined ? {} : { fixes: [fixOf(problem.fix, artifactLocation)] }),
  };
}

function fixOf(fix: Fix, artifactLocation: SarifArtifact): SarifFix {
  const replacement = { deletedRegion: regionOf(fix), insertedContent: { text: fix.text } };
  return {
    description: { text: fix.safe ? 'safe: applied by --fix' : 'to be looked at before it is applied' },
    artifactChanges: [{ artifactLocation, replacements: [replacement] }],
  };
}

function regionOf({ line, column, endLine, endColumn }: SourceRange): SarifRegion {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Paths below the working directory are relative to it, as code hosts expect; others are whole. */
function artifactOf(file: string, cwd: string): SarifArtifact {
  if (file === STDIN_NAME) return { uri: 'stdin' };
  const path = relative(cwd, resolve(cwd, file));
  if (path.startsWith('..') || isAbsolute(path)) return { uri: pathToFileURL(resolve(cwd, file)).href };
  return { uri: path.split(sep).map(encodeURIComponent).join('/'), uriBaseId: '%SRCROOT%' };
}

function sarifLevel(level: ProblemLevel): SarifResult['level'] {
  return level === 'info' ? 'note' : level;
}
