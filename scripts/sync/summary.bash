# shellcheck shell=bash
# One run as a JSON object and as a text file for Prometheus.

# put FILE: its input, whole or not at all.
put() {
  cat 2>/dev/null >"$1.new" && chmod 644 "$1.new" && mv -f "$1.new" "$1" && return
  rm -f "$1.new"
  say "warning: cannot write $1"
  return 1
}

json_string() {
  local text=$1
  text=${text//\\/\\\\} text=${text//\"/\\\"} text=${text//$'\n'/\\n}
  printf '"%s"' "${text//[[:cntrl:]]/ }"
}

# json_numbers ARRAY: an object of an array's names and numbers, sorted.
json_numbers() {
  local -n from=$1
  local name comma=""
  printf '{'
  while read -r name; do
    [[ -n $name ]] || continue
    printf '%s"%s":%d' "$comma" "$name" "${from[$name]}"
    comma=,
  done < <(printf '%s\n' "${!from[@]}" | sort)
  printf '}'
}

# complaints: the last errors of this run, a JSON array of text.
complaints() {
  local line comma=""
  printf '['
  if [[ -n $log ]]; then
    while IFS= read -r line; do
      printf '%s%s' "$comma" "$(json_string "$line")"
      comma=,
    done < <(tail -c "+$((log_start + 1))" "$log" 2>/dev/null |
      grep -aE '^tt-[a-z]+: (error|hint): |"level":"error"' | tail -n 10 | cut -c -500 | iconv -f UTF-8 -t UTF-8 -c 2>/dev/null)
  fi
  printf ']'
}

# instant SECONDS
instant() { TZ=UTC printf '%(%FT%TZ)T' "$1"; }

# summary WHAT: the run as one JSON object.
summary() {
  printf '{"what":"%s","outcome":"%s","status":%d,"host":%s' \
    "$1" "$outcome" "$status" "$(json_string "${HOSTNAME:-}")"
  printf ',"startedAt":"%s","finishedAt":"%s","seconds":%d' \
    "$(instant "$started")" "$(instant "$finished")" "$elapsed"
  printf ',"statuses":%s,"counts":%s,"mailboxes":%s,"memory":%s' "$(json_numbers results)" \
    "$(json_numbers counts)" "$(json_numbers verdicts)" "$(json_numbers memory)"
  printf ',"failedRuns":%d,"errors":%s,"log":%s}\n' \
    "$failed_runs" "$(complaints)" "$(json_string "$log")"
}

# metric NAME HELP: the lines that follow are its samples.
metric() { printf '# HELP tracktime_sync_%s %s\n# TYPE tracktime_sync_%s gauge\n' "$1" "$2" "$1"; }

# labelled NAME LABEL ARRAY
labelled() {
  local -n samples=$3
  local key
  for key in "${!samples[@]}"; do
    printf 'tracktime_sync_%s{%s="%s"} %d\n' "$1" "$2" "$key" "${samples[$key]}"
  done | sort
}

# gauge NAME VALUE HELP
gauge() {
  metric "$1" "$3"
  printf 'tracktime_sync_%s %d\n' "$1" "$2"
}

metrics() {
  gauge last_run_timestamp_seconds "$finished" "When the last run ended."
  gauge last_success_timestamp_seconds "$last_success" "When the last run that succeeded ended; 0: never."
  gauge success "$((status == 0))" "1 when the last run succeeded."
  gauge failed_runs "$failed_runs" "Runs that failed since the last success."
  gauge duration_seconds "$elapsed" "How long the last run took."
  gauge events "${counts[events]:-0}" "Events that the last run read."
  gauge removed "${counts[removed]:-0}" "Removals that the last run read."
  gauge errors "${counts[errors]:-0}" "Mailboxes or calendars that the last run could not read."
  metric mailboxes "Mailboxes of the last run by verdict: read, or why not."
  labelled mailboxes verdict verdicts
  metric program_status "Exit status of each program in the last run."
  labelled program_status program results
  metric resident_memory_bytes "The most memory that each program held in the last run."
  labelled resident_memory_bytes program memory
}
