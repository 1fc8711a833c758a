# shellcheck shell=bash
# The log of tt-sync: a file a day; the programs write to it through descriptor 8.

# say TEXT: to the log of the run and to standard error; a log that can't be written stops nothing.
say() {
  local line
  printf -v line '%(%FT%T%z)T %s: %s' -1 "$program" "$1"
  echo "$line" >&2
  if [[ -n ${log:-} ]]; then echo "$line" 2>/dev/null >&8; fi
  return 0
}

# fail STATUS TEXT [HINT]
fail() {
  echo "$program: error: $2" >&2
  if [[ -n ${3:-} ]]; then echo "$program: hint: $3" >&2; fi
  exit "$1"
}

prune_logs() {
  local oldest file
  printf -v oldest '%(%F)T' "$((EPOCHSECONDS - retention_days * 86400))"
  for file in "$log_dir"/tt-sync-????-??-??.log; do
    if [[ -f $file && ${file##*/} < tt-sync-$oldest.log ]]; then rm -f "$file"; fi
  done
}

# open_log: today's file becomes descriptor 8, or standard error where there is none to be had.
open_log() {
  log="" log_start=0
  exec 8>&2
  [[ $log_dir != - ]] || return 0
  local file
  printf -v file '%s/tt-sync-%(%F)T.log' "$log_dir" -1
  if { mkdir -p "$log_dir" && exec 8>>"$file"; } 2>/dev/null; then
    log=$file
    log_start=$(wc -c <"$log")
    prune_logs
  else
    say "warning: cannot write to $log_dir: messages go to standard error"
  fi
}
