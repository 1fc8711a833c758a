# tt-fetch against a simulated tenant that answers after 50 ms: how near it comes to what latency alone
# dictates, how much CPU a page costs, how much memory 64 mailboxes at a time take.
# shellcheck shell=bash disable=SC2154

fetch_latency=${BENCH_LATENCY_MS:-50}
fetch_people=64
fetch_events=1000

for product in tt-fetch tenant; do swift build -c release --product "$product" >&2; done

fetch_folder=$bench_folder/fetch
rm -rf "$fetch_folder"
mkdir -p "$fetch_folder"
"$bin/tenant" --people "$fetch_people" --events "$fetch_events" --shape singles \
  --ready-file "$fetch_folder/ready.json" >/dev/null 2>&1 &
fetch_tenant=$!
trap 'kill "$fetch_tenant" 2>/dev/null || true' EXIT
for _ in {1..100}; do
  [[ -s $fetch_folder/ready.json ]] && break
  sleep 0.1
done

# told NAME: what the tenant said of itself.
told() { python3 -c 'import json, sys; print(json.load(open(sys.argv[1]))[sys.argv[2]])' "$fetch_folder/ready.json" "$1"; }
fetch_url=$(told url)
export GRAPH_ENDPOINT=$fetch_url AZURE_AUTHORITY_HOST=$fetch_url XDG_CACHE_HOME=$fetch_folder/cache
TENANT_ID=$(told tenantId) CLIENT_ID=$(told clientId) CLIENT_SECRET=$(told clientSecret)
export TENANT_ID CLIENT_ID CLIENT_SECRET

# fetch MILLISECONDS NAME OPTION…: one run, measured.
fetch() {
  curl -fsS -X POST "$fetch_url/_control/faults" -d "{\"latencyMs\":$1}" >/dev/null
  local name=$2
  shift 2
  FETCH_NAME=$name python3 Benchmarks/lib/fetch.py "$fetch_url" "$fetch_latency" "$fetch_tenant" \
    "$bin/tt-fetch" -q "$@"
}

# The tenant writes each event once: what it costs to make one up is not ours.
for mode in full delta; do "$bin/tt-fetch" -q --mode "$mode" >/dev/null; done

fetch "$fetch_latency" "full, 16 at a time" --mode full --parallel 16
fetch "$fetch_latency" "delta, 16 at a time" --parallel 16
fetch 0 "full, 64 at a time, no latency" --mode full --parallel 64
kill "$fetch_tenant"
trap - EXIT
