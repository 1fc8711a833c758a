# tt-report from the stream against jq, orjson and DuckDB, which group the same events by person and project; and from
# SQLite against sqlite3, which groups the same rows.
# shellcheck shell=bash
: "${bin:?}" "${corpus:?}" "${bench_folder:?}" "${bench_events:?}"

swift build -c release --product tt-report >&2
zoned=$bench_folder/zoned-$bench_events.ndjson
[[ -s $zoned && $zoned -nt $corpus ]] || "$bin/tt-tz" <"$corpus" >"$zoned"
unzoned=$corpus corpus=$zoned

period=(--from 2020-01-01 --to 2035-12-31)
cpu tt_report "$bin/tt-report" - "${period[@]}" --by user,project,day --format csv
if command -v jq >/dev/null; then
  bench_runs=1 cpu jq jq -n '[inputs | select(.showAs != "free" and .isCancelled != true)
    | {user: .mail, project: .categories[0], day: .startLocal[:10], minutes}]
    | group_by(.user, .project, .day) | map([.[0].user, .[0].project, .[0].day, (map(.minutes) | add)]) | length'
  ratio tt_report jq
fi
if python3 -c 'import orjson' 2>/dev/null; then
  bench_runs=2 cpu orjson python3 Benchmarks/lib/orjson-hours.py
  ratio tt_report orjson
else
  echo "orjson: not measured, it isn't installed (pip install orjson)"
fi
if python3 -c 'import duckdb' 2>/dev/null; then
  bench_runs=2 cpu duckdb python3 Benchmarks/lib/duckdb-hours.py "$zoned"
  ratio tt_report duckdb
else
  echo "duckdb: not measured, it isn't installed (pip install duckdb)"
fi
instructions "$bin/tt-report" - "${period[@]}" --by user,project,day --format csv
corpus=$unzoned

database=$bench_folder/hours.db
if [[ ! -s $database ]]; then
  python3 Benchmarks/Report/schema Sources/Shared/Schema/Tables+SQLite.swift >"$bench_folder/schema.sql"
  python3 Benchmarks/Report/make-database "$bench_folder/schema.sql" "$database" "${BENCH_ROWS:-1000000}"
fi
cpu tt_report_sqlite "$bin/tt-report" --db "sqlite:$database" --month 2026-10 --by user,project,day \
  --format csv
cpu sqlite3 sqlite3 "$database" "SELECT e.user_email, c.name, date(e.start_date), count(*), sum(e.minutes)
  FROM calendar_event e LEFT JOIN calendar_event_calendar_category l ON l.event_key = e.event_key
  LEFT JOIN calendar_category c ON c.category_id = l.category_id AND c.is_project
  WHERE e.is_deleted = 0 AND e.start_date < '2026-11-03' AND e.end_date >= '2026-09-29'
    AND e.show_as <> 'free' GROUP BY 1, 2, 3"
ratio tt_report_sqlite sqlite3
