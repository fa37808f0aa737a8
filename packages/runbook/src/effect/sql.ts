import type { Effect } from '../plan.ts';
import { strongest } from './effect-order.ts';

/** Longer SQL is not judged, hence a change: the patterns below stay fast. */
const LONGEST = 5000;
const SAFE_META = /^\\(?:d[a-zS+]*|l\+?|conninfo|z|x|timing)(?:\s+[\w.*"]+)?\s*$/;
const DESTROYS = /^(?:drop|truncate|delete)\b/i;
const WRITES_INSIDE = /\b(?:insert|update|delete|merge|into|for\s+(?:no\s+key\s+)?(?:update|share))\b/i;
const CALL = /([a-z_][\w.]*)\s*\(/gi;

/** Words that stand before a bracket without being a call of a function. */
const NO_CALLS =
  'select from where and or not in as on using over filter values exists any all some with by case when then else join having is lateral array row cast interval union except intersect limit offset distinct between like ilike';
const READING_CALLS =
  'count sum min max avg now version coalesce nullif greatest least round floor ceil abs extract age date_trunc to_char to_timestamp lower upper length substring left right trim concat string_agg array_agg json_agg jsonb_agg bool_or bool_and row_number rank lag lead clock_timestamp current_database current_setting inet_server_addr pg_is_in_recovery pg_postmaster_start_time pg_size_pretty pg_database_size pg_relation_size pg_total_relation_size pg_table_size pg_blocking_pids pg_backend_pid pg_last_wal_replay_lsn pg_last_wal_receive_lsn pg_last_xact_replay_timestamp pg_current_wal_lsn pg_wal_lsn_diff pg_stat_get_activity pg_conf_load_time';
const ALLOWED = new Set([...NO_CALLS.split(' '), ...READING_CALLS.split(' ')]);

/** Effect of one or more SQL statements; a function that is not known to only read counts as a change. */
export function sqlEffect(sql: string): Effect {
  if (/^\s*\\/.test(sql)) return SAFE_META.test(sql.trim()) ? 'read' : 'mutate';
  if (sql.length > LONGEST || sql.includes('\\') || sql.includes('$$') || /\$\w+\$/.test(sql))
    return 'mutate';
  const bare = withoutTextAndComments(sql);
  const statements = bare.split(';').map((part) => part.trim());
  return strongest(statements.filter((part) => part !== '').map(statementEffect));
}

/** One pass, so that a quote inside a comment cannot hide the statement behind it. */
function withoutTextAndComments(sql: string): string {
  return sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[^]*?\*\//g, (match) => {
    if (match.startsWith("'")) return "''";
    return match.startsWith('"') ? 'name' : ' ';
  });
}

function statementEffect(statement: string): Effect {
  if (DESTROYS.test(statement)) return 'destroy';
  const explained = /^explain\b(.*)$/is.exec(statement);
  if (explained !== null) return explainEffect(explained[1] ?? '');
  if (/^show\b/i.test(statement)) return 'read';
  if (!/^(?:\(*\s*)?(?:select|with|table|values)\b/i.test(statement)) return 'mutate';
  if (/\bdelete\b/i.test(statement)) return 'destroy';
  return WRITES_INSIDE.test(statement) || callsUnknown(statement) ? 'mutate' : 'read';
}

function explainEffect(rest: string): Effect {
  if (!/\banalyze\b/i.test(rest)) return 'read';
  const inner = /\b(?:select|with|table|values|insert|update|delete|merge)\b[^]*$/i.exec(rest);
  return inner === null ? 'mutate' : statementEffect(inner[0]);
}

function callsUnknown(statement: string): boolean {
  return Array.from(statement.matchAll(CALL)).some(
    (call) => !ALLOWED.has((call[1] ?? '').toLowerCase().replace(/^pg_catalog\./, '')),
  );
}
