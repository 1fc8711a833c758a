# tt-load into SQLite, fresh and unchanged, against Python's executemany of the same rows; and into the SQL Server of
# TT_TEST_SQLSERVER, whose tables of ours are dropped, against pyodbc.
# shellcheck shell=bash
: "${bin:?}" "${corpus:?}" "${bench_folder:?}" "${bench_events:?}"

swift build -c release --product tt-load >&2
zoned=$bench_folder/zoned-$bench_events.ndjson
[[ -s $zoned && $zoned -nt $corpus ]] || "$bin/tt-tz" <"$corpus" >"$zoned"
unzoned=$corpus corpus=$zoned

# In memory, if there is room: what disks take is the same for all.
folder=$bench_folder
[[ -w /dev/shm && $(df --output=avail /dev/shm | tail -1) -gt 2000000 ]] && folder=$(mktemp -d /dev/shm/tt-bench-XXXXXX)
export TT_BENCH_DB=$folder/load.db TT_BENCH_SCHEMA=$bench_folder/load-schema.sql
"$bin/tt-load" schema --dialect sqlite >"$TT_BENCH_SCHEMA"
# shellcheck disable=SC2016
fresh='rm -f "$TT_BENCH_DB"*; exec "$0" "$@"'
cpu python bash -c "$fresh" python3 Benchmarks/lib/load-sqlite.py "$TT_BENCH_DB" "$TT_BENCH_SCHEMA"
cpu tt_load bash -c "$fresh" "$bin/tt-load" --quiet --db "sqlite:$TT_BENCH_DB"
cpu tt_load_unchanged "$bin/tt-load" --quiet --db "sqlite:$TT_BENCH_DB"
ratio tt_load python
ratio tt_load_unchanged python
rm -f "$TT_BENCH_DB"*
[[ $folder == "$bench_folder" ]] || rmdir "$folder"

# per_second COUNT COMMAND…: events a second of a command that reads $some.
per_second() {
  local count=$1 start=$EPOCHREALTIME
  shift
  "$@" <"$some"
  awk "BEGIN { printf \"%.0f\", $count / ($EPOCHREALTIME - $start) }"
}

# server_speeds WHERE: tt-load into the server of TT_DB, and pyodbc into bare tables there.
server_speeds() {
  local fresh unchanged many each whole
  "$bin/tt-load" drop --yes --quiet
  "$bin/tt-load" init --quiet
  fresh=$(per_second "$count" "$bin/tt-load" --quiet)
  unchanged=$(per_second "$count" "$bin/tt-load" --quiet)
  "$bin/tt-load" drop --yes --quiet
  many=$(python3 Benchmarks/lib/load-sqlserver.py many "$count" <"$some")
  each=$(python3 Benchmarks/lib/load-sqlserver.py each 500 <"$some")
  whole=$(python3 Benchmarks/lib/load-sqlserver.py whole 500 <"$some")
  printf '%s, events/s: tt-load %s fresh, %s unchanged; pyodbc %s by fast_executemany, %s a statement an event, %s %s\n' \
    "$1" "$fresh" "$unchanged" "$many" "$each" "$whole" "with lookup and links"
  awk "BEGIN { printf \"%s: tt-load is %.2f times fast_executemany, %.1f times a statement an event, %.1f times %s\\n\", \
    \"$1\", $fresh / $many, $fresh / $each, $fresh / $whole, \"the same with lookup and links\" }"
}

if [[ -z ${TT_TEST_SQLSERVER:-} ]]; then
  echo "SQL Server: not measured, TT_TEST_SQLSERVER names no server"
elif ! python3 -c 'import pyodbc' 2>/dev/null; then
  echo "SQL Server: not measured, pyodbc isn't installed (pip install pyodbc)"
else
  some=$bench_folder/some.ndjson
  # Three hundred people's events, and the stream's end: enough that starting up hardly counts.
  { awk '{ print } /"record":"round"/ && ++rounds == 300 { exit }' "$corpus"; tail -n 1 "$corpus"; } >"$some"
  count=$(grep -c '"record":"event"' "$some")
  TT_DB=$TT_TEST_SQLSERVER server_speeds "SQL Server as it is"
  # Where the server is on this machine, a network is what is missing.
  coproc line { exec python3 Benchmarks/lib/line.py 1; }
  # shellcheck disable=SC2154
  read -r far <&"${line[0]}"
  TT_DB=$far TT_TEST_SQLSERVER=$far server_speeds "over a line of 1 ms each way"
  # shellcheck disable=SC2154
  kill "$line_PID"
fi
corpus=$unzoned
