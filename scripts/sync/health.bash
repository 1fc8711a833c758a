# shellcheck shell=bash
# How the runs went so far, and who is told when that changes.

# recall: what the last run noted. What could not be noted (a full disk) is still in mind.
recall() {
  local name value
  [[ ${is_noted:-yes} == yes ]] || return 0
  failed_runs=0 alerted=0 last_success=0
  [[ -r $state_dir/health ]] || return 0
  while IFS='=' read -r name value; do
    [[ $value =~ ^[0-9]{1,12}$ ]] || continue
    case $name in failed_runs | alerted | last_success) printf -v "$name" '%s' "$value" ;; esac
  done <"$state_dir/health"
}

remember() {
  printf 'failed_runs=%d\nalerted=%d\nlast_success=%d\n' "$failed_runs" "$alerted" "$last_success" |
    put "$state_dir/health" && is_noted=yes || is_noted=no
}

# alert WHAT: true when somebody was told, or nobody wants to be.
alert() {
  [[ -n $alert_command ]] || return 0
  summary "$1" | command timeout 60 bash -c "$alert_command" >&8 2>&8 9>&- && return
  say "warning: the alert command failed: it is tried again after the next run"
  return 1
}

# judge: one alert when runs begin to fail, one when they succeed again.
judge() {
  case $outcome in
    stopped) return ;;
    ok)
      failed_runs=0 last_success=$finished
      if ((alerted)) && alert recovered; then alerted=0; fi
      ;;
    *)
      failed_runs=$((failed_runs + 1))
      if ((!alerted && failed_runs >= alert_after)) && alert failed; then alerted=1; fi
      ;;
  esac
}
