# shellcheck shell=bash
# How the runs went so far, and who is told when that changes.

# recall: what the last run noted. What could not be noted is still in mind.
recall() {
  local name value line
  [[ ${is_noted:-yes} == yes ]] || return 0
  failed_runs=0 alerted=0 last_success=0
  read -r line 2>/dev/null <"$state_dir/health" || return 0
  for name in $line; do
    value=${name#*=} name=${name%%=*}
    [[ $value =~ ^[0-9]{1,12}$ ]] || continue
    case $name in failed_runs | alerted | last_success) printf -v "$name" '%s' "$value" ;; esac
  done
}

# remember: in place and always of one length, so that a full disk has room for it: whoever was told of a
# failure must also be told of its end.
remember() {
  local line="failed_runs=$failed_runs alerted=$alerted last_success=$last_success"
  if printf '%-127s\n' "$line" 2>/dev/null 1<>"$state_dir/health"; then is_noted=yes; else is_noted=no; fi
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
