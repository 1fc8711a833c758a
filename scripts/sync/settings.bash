# shellcheck shell=bash
# Settings of tt-sync: the environment first, then the .env file, then the default.

# unquoted TEXT: a value of a .env file as the programs read it; nothing in it is ever run.
unquoted() {
  local text=$1
  case $text in
    \'*) text=${text#\'}; text=${text%%\'*} ;;
    \"*)
      [[ $text =~ ^\"(([^\"\\]|\\.)*)\" ]] && text=${BASH_REMATCH[1]}
      text=${text//\\n/$'\n'} text=${text//\\\"/\"} text=${text//\\\$/\$} text=${text//\\\\/\\}
      ;;
    *)
      [[ $text =~ ^(.*[^[:space:]])?[[:space:]]+#.*$ ]] && text=${BASH_REMATCH[1]}
      text=${text%"${text##*[![:space:]]}"}
      ;;
  esac
  printf '%s' "$text"
}

# from_env_file NAME
from_env_file() {
  [[ -r $env_file ]] || return 0
  local line value
  while IFS= read -r line || [[ -n $line ]]; do
    [[ ${line%$'\r'} =~ ^[[:space:]]*(export[[:space:]]+)?$1[[:space:]]*=[[:space:]]*(.*)$ ]] || continue
    value=$(unquoted "${BASH_REMATCH[2]}")
    [[ -n $value ]] && break
  done <"$env_file"
  printf '%s' "${value:-}"
}

# setting NAME DEFAULT: an empty variable counts as none, as for the programs.
setting() {
  local value=${!1:-}
  [[ -n $value ]] || value=$(from_env_file "$1")
  printf '%s' "${value:-$2}"
}

# number NAME DEFAULT LEAST
number() {
  local value
  value=$(setting "$1" "$2")
  if ! [[ $value =~ ^[0-9]{1,9}$ ]] || ((10#$value < $3)); then
    fail 78 "$1 is \"$value\"" "a whole number, at least $3"
  fi
  printf '%s' "$((10#$value))"
}

# seconds NAME MINUTES: of a setting in minutes, which may have a fraction.
seconds() {
  local value
  value=$(setting "$1" "$2")
  if ! [[ $value =~ ^([0-9]{1,6})(\.([0-9]{1,3}))?$ ]]; then
    fail 78 "$1 is \"$value\"" "minutes, such as 15 or 0.5"
  fi
  local thousandths=${BASH_REMATCH[3]:-0}00
  local total=$((10#${BASH_REMATCH[1]} * 60 + 10#${thousandths:0:3} * 60 / 1000))
  ((total > 0)) || fail 78 "$1 is \"$value\"" "at least a second, 0.02"
  printf '%d' "$total"
}

# own_share: the number of this worker, from 1. An indexed Job counts from 0.
own_share() {
  local index
  index=$(number JOB_COMPLETION_INDEX "" 0) || exit 78
  if ((index >= shards)); then
    fail 78 "JOB_COMPLETION_INDEX is $index, TT_SHARDS $shards" "as many completions as shards"
  fi
  printf '%d' "$((index + 1))"
}

read_settings() {
  interval=$(seconds SYNC_INTERVAL_MINUTES 15) || exit 78
  timeout=$(seconds SYNC_TIMEOUT_MINUTES 720) || exit 78
  stop_seconds=$(number SYNC_STOP_SECONDS 60 0) || exit 78
  full_days=$(number FULL_SYNC_DAYS 7 0) || exit 78
  retention_days=$(number LOG_RETENTION_DAYS 7 1) || exit 78
  alert_after=$(number TT_ALERT_AFTER 1 1) || exit 78
  log_dir=$(setting LOG_DIR logs)
  state_dir=$(setting TT_STATE_DIR "${XDG_STATE_HOME:-${HOME:-/var/lib}/.local/state}/tracktime365")
  metrics_file=$(setting TT_METRICS_FILE "")
  alert_command=$(setting TT_ALERT_COMMAND "")
  read -ra fetch_options <<<"$(setting TT_FETCH_OPTIONS "")"
  read -ra load_options <<<"$(setting TT_LOAD_OPTIONS "")"
  shards=$(number TT_SHARDS 0 0) || exit 78
  if ((shards > 0)); then fetch_options+=(--shard "$(own_share)/$shards") || exit 78; fi
}
