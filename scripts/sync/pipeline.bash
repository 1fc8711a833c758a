# shellcheck shell=bash
# The pipeline of one run: stages that report on descriptor 3, and the loop that watches them.

# stage NAME COMMAND…: becomes the command; says under which process id. Descriptor 9, the lock, stays
# open: what outlives a killed tt-sync still keeps the next run out.
stage() {
  echo "stage $1 $BASHPID" >&3
  shift
  exec "$@" 3>&-
}

# tally: counts what passed by the records that say so; everything else is dropped unread.
tally() {
  LC_ALL=C grep -aE '^\{"record":"(round|error|end)"' 3>&- | LC_ALL=C awk '
    function number(name) {
      return match($0, "\"" name "\":[0-9]+") ? substr($0, RSTART + length(name) + 3) + 0 : 0
    }
    function text(name, start) {
      if (!match($0, "\"" name "\":\"[^\"]*\"")) return ""
      start = length(name) + 4
      return substr($0, RSTART + start, RLENGTH - start - 1)
    }
    /^\{"record":"round"/ {
      events += number("event"); removed += number("removed")
      rounds[text("mode")]++; people[text("user")] = 1
    }
    /^\{"record":"error"/ { errors++; verdicts[text("class")]++ }
    /^\{"record":"end"/ { ended = 1 }
    END {
      for (person in people) read++
      printf "count events %d\ncount removed %d\ncount errors %d\n", events, removed, errors
      printf "count full %d\ncount delta %d\ncount ended %d\n", rounds["full"], rounds["delta"], ended
      printf "verdict read %d\n", read
      for (verdict in verdicts)
        if (verdict ~ /^[a-z-]+$/) printf "verdict %s %d\n", verdict, verdicts[verdict]
    }'
}

# mark_stale BEFORE NOW: takes the last full round from each state where it is older, or in the future of a clock
# that was wrong, so that tt-fetch reads that window in full. Instants are text that sorts.
mark_stale() {
  LC_ALL=C awk -v before="$1" -v now="$2" '
    { full = match($0, /"lastFullAt":"[^"]*"/) ? substr($0, RSTART + 14, RLENGTH - 15) : "" }
    full < before || (before && full > now) { sub(/"lastFullAt":"[^"]*"/, "\"lastFullAt\":null") }
    { print }'
}

# where_we_stand: to a file, not a pipe: if the database fails halfway, nothing is read anew for want of it.
where_we_stand() {
  local before=""
  if [[ $full == yes ]]; then
    before=9999
  elif ((full_days > 0)); then
    before=$(instant "$((EPOCHSECONDS - full_days * 86400))")
  fi
  (stage state tt-load state "${common[@]}") | mark_stale "$before" "$(instant "$((EPOCHSECONDS + 86400))")" 3>&- >"$work/state"
  echo "statuses ${PIPESTATUS[*]}" >&3
}

read_and_load() {
  (stage fetch tt-fetch "${common[@]}" "${fetch_options[@]}" "${arguments[@]}" -) <"$work/state" |
    (stage tee tee >(tally >&3)) |
    (stage tz tt-tz "${common[@]}") |
    (stage load tt-load "${common[@]}" "${load_options[@]}")
  echo "statuses ${PIPESTATUS[*]}" >&3
}

# watch FUNCTION: runs it beside us; takes its reports, its memory, the time, and a wish to stop.
watch() {
  local report="" part reports seen=$EPOCHSECONDS
  pids=() statuses=()
  exec {reports}< <(
    trap : TERM INT HUP # a signal to the whole group ends the programs; we still tell how they ended
    "$1" 3>&1 >&8 2>&8 </dev/null
  )
  family=$!
  while :; do
    if IFS= read -r -t 1 -u "$reports" part; then
      take_report "$report$part"
      report=""
    elif (($? > 128)); then
      report+=$part # the second was over in the middle of a line
    else
      break
    fi
    measure
    count_time
    hold_to_time
  done
  exec {reports}<&-
}

# take_report LINE
take_report() {
  local word name value
  read -r word name value <<<"$1"
  case $word in
    stage) pids[$name]=$value ;;
    count) counts[$name]=$value ;;
    verdict) verdicts[$name]=$value ;;
    statuses) read -ra statuses <<<"$name $value" ;;
  esac
}

# is_running STAGE: its process id is still that of a child of the pipeline, not of a stranger.
is_running() {
  local pid=${pids[$1]:-} parent
  [[ -n $pid ]] || return 1
  [[ -d /proc/self ]] || return 0
  read -r _ _ _ parent _ 2>/dev/null <"/proc/$pid/stat" && [[ $parent == "$family" ]]
}

# measure: the most memory that each program held so far; only Linux tells.
measure() {
  local name key kib
  for name in "${!pids[@]}"; do
    is_running "$name" || continue
    while read -r key kib _; do
      if [[ $key == VmHWM: ]]; then memory[$name]=$((kib * 1024)); fi
    done 2>/dev/null <"/proc/${pids[$name]}/status"
  done
}

# count_time: whole seconds of the run so far, whatever is done to the clock meanwhile; this is called each second.
count_time() {
  local step=$((EPOCHSECONDS - ${seen:-$EPOCHSECONDS}))
  ((step >= 0 && step <= 60)) || step=1
  elapsed=$((elapsed + step)) seen=$EPOCHSECONDS
}

# hold_to_time: a run that must stop loses the reading end first, so that the rest commits what it has
# and ends by itself; then everything is told to end; then it is made to.
hold_to_time() {
  if [[ -z $stopping ]] && ((elapsed >= timeout)); then
    stopping=timeout
    say "stopping the run: it took longer than $timeout seconds"
  fi
  [[ -n $stopping ]] || return 0
  stopped_at=${stopped_at:-$elapsed}
  local waited=$((elapsed - stopped_at))
  end_stages TERM state fetch
  if ((waited >= stop_seconds)); then end_stages TERM tee tz load; fi
  if ((waited >= stop_seconds + 10)); then end_stages KILL state fetch tee tz load; fi
}

# end_stages SIGNAL STAGE…
end_stages() {
  local signal=$1 name
  shift
  for name; do
    if is_running "$name"; then kill -s "$signal" "${pids[$name]}" 2>/dev/null; fi
  done
  return 0
}

# run_pipeline: one run; leaves results, counts, verdicts, memory, status, outcome.
run_pipeline() {
  local names=(fetch tee tz load) index
  counts=() verdicts=() memory=() results=()
  watch where_we_stand
  results[state]=${statuses[0]:-74}
  if ((results[state] == 0 && ${statuses[1]:-1} != 0)); then results[state]=74; fi
  if ((results[state] == 0)) && [[ -z $stopping ]]; then
    watch read_and_load
    for index in "${!names[@]}"; do results[${names[index]}]=${statuses[index]:-74}; done
  fi
  decide
}

# decide: the first cause is the run's status. A program whose reader died ends with 141, tt-load whose
# writer died with 75: consequences, where something else failed too.
decide() {
  local name value
  status=0
  for name in state fetch tee tz load; do
    value=${results[$name]:-0}
    ((value == 0)) && continue
    if ((status == 0 || status == 141)); then
      status=$value
    elif ((status == 75 && value != 75 && value != 141)); then
      status=$value
    fi
  done
  case $status in
    129 | 130 | 137 | 141 | 143) status=75 ;; # ended from outside: run again
    1?? | 1 | 2) status=70 ;;
  esac
  case ${stopping:-$status} in
    timeout) outcome=timeout status=75 ;;
    stop) outcome=stopped status=75 ;;
    0) outcome=ok ;;
    75) outcome=incomplete ;;
    *) outcome=failed ;;
  esac
}
