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

# alert WHAT: true when somebody was told, or nobody wants to be. The command need not read its input.
alert() {
  [[ -n $alert_command ]] || return 0
  {
    trap '' PIPE
    summary "$1" 2>/dev/null
    true
  } | command timeout 60 bash -c "$alert_command" >&8 2>&8 9>&- && return
  say "warning: the alert command failed: it is tried again after the next run"
  return 1
}

# blocked: somebody else has the lock. That is no news, unless a run may not take that long: what is left of a
# run that was killed may hang for ever.
blocked() {
  status=75
  say "another run is still going on: this one is left out"
  local since
  since=$(stat -c %Y "$state_dir/work" 2>/dev/null) || return 0
  ((EPOCHSECONDS - since > timeout + stop_seconds + 60)) || return 0
  outcome=blocked finished=$EPOCHSECONDS elapsed=0 counts=() verdicts=() memory=() results=()
  say "error: that run began $(instant "$since"), and should be over: see who has $state_dir/lock open"
  recall
  judge
  remember
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
