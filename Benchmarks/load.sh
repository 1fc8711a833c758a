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

if [[ -z ${TT_TEST_SQLSERVER:-} ]]; then
  echo "SQL Server: not measured, TT_TEST_SQLSERVER names no server"
elif ! python3 -c 'import pyodbc' 2>/dev/null; then
  echo "SQL Server: not measured, pyodbc isn't installed (pip install pyodbc)"
else
  some=$bench_folder/some.ndjson
  # A hundred people's events, and the stream's end: enough that starting up hardly counts.
  { awk '{ print } /"record":"round"/ && ++rounds == 100 { exit }' "$corpus"; tail -n 1 "$corpus"; } >"$some"
  count=$(grep -c '"record":"event"' "$some")
  export TT_DB=$TT_TEST_SQLSERVER
  "$bin/tt-load" drop --yes --quiet
  "$bin/tt-load" init --quiet
  for state in fresh unchanged; do
    start=$EPOCHREALTIME
    "$bin/tt-load" --quiet <"$some"
    awk -v "seconds=$(awk "BEGIN { print $EPOCHREALTIME - $start }")" -v "count=$count" -v "state=$state" \
      'BEGIN { printf "tt-load, %s: %d events/s\n", state, count / seconds }'
  done
  "$bin/tt-load" drop --yes --quiet
  printf 'pyodbc fast_executemany into a bare table: %s events/s\n' \
    "$(python3 Benchmarks/lib/load-sqlserver.py many "$count" <"$some" || echo "no, it failed:")"
  printf 'pyodbc, a statement an event: %s events/s\n' \
    "$(python3 Benchmarks/lib/load-sqlserver.py each 500 <"$some")"
  unset TT_DB
fi
corpus=$unzoned
