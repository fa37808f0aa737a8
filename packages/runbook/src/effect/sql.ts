import type { Effect } from '../plan.ts';
import { PLACEHOLDER } from '../grammar/placeholder.ts';
import { READING_CALLS, WORDS_BEFORE_BRACKETS } from './sql-functions.ts';
import { strongest } from './effect-order.ts';

/** Longer SQL is not judged, hence a change: the patterns below stay fast. */
const LONGEST = 5000;
const SAFE_META = /^\\(?:d[a-zS+]*|l\+?|conninfo|z|x|timing)(?:[ \t]+[\w.*"]+)?[ \t]*$/;
const LOSING = /\b(?:drop|truncate|delete)\b/i;
const WRITES_INSIDE =
  /\b(?:insert|update|delete|merge|into|for\s+(?:no\s+key\s+update|key\s+share|update|share))\b/i;
const CALL = /([a-z_][\w.]*)\s*\(/gi;
const EXPLAIN = /^explain\b\s*(?:\(([^()]*)\)|((?:(?:analy[sz]e|verbose)\b\s*)*))/i;
/** Dollar quotes, backslashes and names by code point could hide a statement from the pattern below. */
const UNREADABLE = /[\\$]|u&["']|[^\t\n\r\x20-\x7e]/i;

/** Effect of one or more SQL statements; a function that is not known to only read counts as a change. */
export function sqlEffect(sql: string): Effect {
  if (SAFE_META.test(sql.trim())) return 'read';
  if (sql.length > LONGEST || UNREADABLE.test(sql)) return changeEffect(sql);
  const statements = withoutTextAndComments(sql.replaceAll(PLACEHOLDER, ' open_name '))
    .split(';')
    .map((part) => part.trim());
  return strongest(statements.filter((part) => part !== '').map(statementEffect));
}

/** One pass, so that a quote inside a comment cannot hide the statement behind it. */
function withoutTextAndComments(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n\r]*|\/\*[^]*?\*\//g, (match) => {
    if (match.startsWith("'")) return "''";
    return match.startsWith('"') ? 'name' : ' ';
  });
}

function changeEffect(statement: string): Effect {
  return LOSING.test(statement) ? 'destroy' : 'mutate';
}

function statementEffect(statement: string): Effect {
  const explained = EXPLAIN.exec(statement);
  if (explained !== null) return explainEffect(statement.slice(explained[0].length), explained);
  if (/^show\b/i.test(statement)) return 'read';
  if (!/^[(\s]*(?:select|with|table|values)\b/i.test(statement)) return changeEffect(statement);
  const reads = !WRITES_INSIDE.test(statement) && !callsUnknown(statement);
  return reads ? 'read' : changeEffect(statement);
}

/** Plain EXPLAIN only plans; EXPLAIN ANALYZE does what it explains. */
function explainEffect(inner: string, [, listed, spelled]: RegExpExecArray): Effect {
  return /analy[sz]e/i.test(listed ?? spelled ?? '') ? statementEffect(inner.trim()) : 'read';
}

function callsUnknown(statement: string): boolean {
  return Array.from(statement.matchAll(CALL)).some((call) => {
    const name = (call[1] ?? '').toLowerCase().replace(/^pg_catalog\./, '');
    return !READING_CALLS.has(name) && !WORDS_BEFORE_BRACKETS.has(name);
  });
}
