/** Words that stand before a bracket without being a call of a function. */
export const WORDS_BEFORE_BRACKETS: ReadonlySet<string> = new Set(
  'select from where and or not in as on using over filter within group materialized values exists any all some with by case when then else join having is lateral array row cast interval union except intersect limit offset distinct between like ilike numeric varchar char timestamp timestamptz rollup cube'.split(
    ' ',
  ),
);

/** Functions of PostgreSQL that change nothing, wait for nothing and reach no file. */
export const READING_CALLS: ReadonlySet<string> = new Set(
  'count sum min max avg now version coalesce nullif greatest least round floor ceil ceiling trunc abs mod extract date_part age date_trunc to_char to_timestamp to_date lower upper length substring substr left right trim btrim ltrim rtrim replace split_part concat concat_ws string_agg array_agg array_length array_to_string unnest generate_series json_agg jsonb_agg json_build_object jsonb_build_object row_to_json to_json to_jsonb bool_or bool_and every row_number rank dense_rank ntile lag lead first_value last_value percentile_cont percentile_disc stddev variance clock_timestamp statement_timestamp transaction_timestamp current_database current_schema current_setting inet_server_addr inet_server_port pg_is_in_recovery pg_is_wal_replay_paused pg_postmaster_start_time pg_size_pretty pg_database_size pg_relation_size pg_total_relation_size pg_table_size pg_indexes_size pg_tablespace_size pg_blocking_pids pg_backend_pid pg_last_wal_replay_lsn pg_last_wal_receive_lsn pg_last_xact_replay_timestamp pg_current_wal_lsn pg_wal_lsn_diff pg_stat_get_activity pg_conf_load_time pg_encoding_to_char pg_get_userbyid pg_get_indexdef pg_get_viewdef pg_get_constraintdef has_table_privilege txid_current_if_assigned'.split(
    ' ',
  ),
);
