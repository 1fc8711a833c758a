"""Runs tt-fetch against a tenant and compares its time with what latency alone dictates.

Latency alone: every request that goes over the wire (a batch is one, whatever it holds) takes that long, and as many as
mailboxes are read at a time go on at once, always.
"""

import json
import os
import resource
import subprocess
import sys
import time
import urllib.request


def requests(url):
    with urllib.request.urlopen(url + "/_control/stats") as answer:
        stats = json.load(answer)
    counts = stats["requests"]
    return stats["calls"], sum(n for path, n in counts.items() if "calendarView" in path)


def cpu_of(process):
    """Seconds that a process has spent; none where the system doesn't tell."""
    try:
        with open(f"/proc/{process}/stat", encoding="utf-8") as file:
            fields = file.read().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main():
    url, latency, tenant, command = sys.argv[1], float(sys.argv[2]) / 1000, sys.argv[3], sys.argv[4:]
    parallel = int(command[command.index("--parallel") + 1])
    all_before, pages_before = requests(url)
    tenant_before = cpu_of(tenant)
    start = time.monotonic()
    with open(os.devnull, "w", encoding="utf-8") as nowhere:
        status = subprocess.run(command, stdout=nowhere, check=False).returncode
    seconds = time.monotonic() - start
    if status != 0:
        sys.exit(f"{command[0]} ended with {status}")
    tenant_cpu = cpu_of(tenant) - tenant_before
    all_after, pages_after = requests(url)
    count, pages = all_after - all_before, pages_after - pages_before
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = usage.ru_utime + usage.ru_stime
    ideal = count * latency / parallel
    line = f"{os.environ['FETCH_NAME']}: {seconds:.2f} s, {count} requests, {pages} pages"
    if "no latency" not in line:
        line += f", {seconds / ideal:.2f} times the {ideal:.2f} s of latency alone"
    print(f"{line}; CPU {cpu / pages * 1e6:.0f} µs a page, {usage.ru_maxrss / 1024:.1f} MB"
          f"; the tenant took {tenant_cpu / pages * 1e6:.0f} µs a page")
    print("  " + " ".join(os.path.basename(word) for word in command))


main()
