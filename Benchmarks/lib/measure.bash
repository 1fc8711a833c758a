# What the topics of scripts/bench stand on; to be sourced.
# shellcheck shell=bash

bench_folder=${BENCH_FOLDER:-.build/bench}
bench_events=${BENCH_EVENTS:-200000}
bench_runs=${BENCH_RUNS:-3}
corpus=$bench_folder/events-$bench_events.ndjson
bin=

# prepare: release build, corpus, and a word about the machine.
prepare() {
  mkdir -p "$bench_folder"
  swift build -c release --product tt-tz >&2
  bin=$(swift build -c release --show-bin-path)
  export bin
  if [[ ! -s $corpus ]] || [[ Benchmarks/corpus.py -nt $corpus ]]; then
    python3 Benchmarks/corpus.py "$bench_events" >"$corpus.part"
    mv "$corpus.part" "$corpus"
  fi
  printf '%s, %s, %s\n' "$(date -u +%F)" "$(sed -n 's/^model name.*: //p' /proc/cpuinfo | head -1)" \
    "$(swift --version 2>&1 | sed -n 's/.*\(Swift version [0-9.]*\).*/\1/p' | head -1)"
  printf '%s: %s events, %s bytes a line\n' "$corpus" "$bench_events" \
    "$(awk 'END { printf "%d", bytes / NR } { bytes += length($0) + 1 }' "$corpus")"
}

# cpu NAME COMMAND…: best CPU seconds (user + system) of several runs and the resident memory in KB, reading the
# corpus and writing to /dev/null; kept as cpu_NAME and rss_NAME, printed with the command line.
cpu() {
  local name=$1 best='' rss='' run
  shift
  for ((run = 0; run < bench_runs; run++)); do
    local line
    line=$({ python3 Benchmarks/lib/measure.py "$@" <"$corpus" >/dev/null; } 2>&1 | tail -1)
    read -r seconds memory <<<"$line"
    if [[ -z $best ]] || awk "BEGIN { exit !($seconds < $best) }"; then best=$seconds rss=$memory; fi
  done
  printf -v "cpu_$name" '%s' "$best"
  printf -v "rss_$name" '%s' "$rss"
  printf '%-10s %8.3f s CPU %9.0f events/s %7.1f MB   %s\n' "$name" "$best" \
    "$(awk "BEGIN { print $bench_events / $best }")" "$(awk "BEGIN { print $rss / 1024 }")" \
    "${*//$PWD\//} < ${corpus//$PWD\//} > /dev/null"
}

# ratio NAME OTHER: how many times the CPU time of NAME the other takes.
ratio() {
  local mine=cpu_$1 theirs=cpu_$2
  printf '%s takes %.1f times the CPU time of %s\n' "$2" \
    "$(awk "BEGIN { print ${!theirs} / ${!mine} }")" "$1"
}

# instructions COMMAND…: instructions a line by callgrind, the start not counted.
instructions() {
  if ! command -v valgrind >/dev/null; then
    echo "instructions a line: not counted, valgrind isn't installed"
    return
  fi
  local few many lines=10000
  few=$(counted $((lines / 2)) "$@")
  many=$(counted $((lines * 3 / 2)) "$@")
  printf '%d instructions a line   valgrind --tool=callgrind %s (lines %d to %d)\n' \
    $(((many - few) / lines)) "${*//$PWD\//}" $((lines / 2 + 1)) $((lines * 3 / 2))
}

counted() { # LINES COMMAND…
  local lines=$1 program=$bench_folder/stripped
  # Valgrind can't read the debugging information of all of them, and gives up.
  strip -o "$program" "$2"
  shift 2
  # A stream's last line is its end.
  { head -n "$lines" "$corpus" && tail -n 1 "$corpus"; } >"$bench_folder/head.ndjson"
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$program" "$@" \
    <"$bench_folder/head.ndjson" 2>&1 >/dev/null | sed -n 's/.*Collected : //p'
}
