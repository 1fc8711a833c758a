# tt-tz against jq, which only copies, and against orjson with zoneinfo, which does the same work.
# shellcheck shell=bash
: "${bin:?}" "${corpus:?}"

# Short enough to be asked often: the best of many runs says least about what else the machine does.
bench_runs=$((${bench_runs:-3} * 5)) cpu tt_tz "$bin/tt-tz"
if command -v jq >/dev/null; then
  bench_runs=1 cpu jq jq -c .
  ratio tt_tz jq
fi
if python3 -c 'import orjson' 2>/dev/null; then
  bench_runs=2 cpu orjson python3 Benchmarks/lib/orjson-zones.py
  ratio tt_tz orjson
else
  echo "orjson: not measured, it isn't installed (pip install orjson)"
fi
instructions "$bin/tt-tz"
python3 Benchmarks/lib/latency.py "$bin/tt-tz" "$corpus"
