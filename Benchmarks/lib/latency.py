"""Sends events one at a time through a filter and says how long each was inside: latency.py PROGRAM CORPUS."""

import itertools
import statistics
import subprocess
import sys
import time

program, corpus = sys.argv[1:]
with open(corpus, "rb") as lines:
    events = list(itertools.islice(lines, 1, 2001))
with subprocess.Popen([program], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as process:
    output = process.stdout
    times = []
    for event in events:
        begin = time.perf_counter()
        process.stdin.write(event)
        answer = output.read(1 << 17)
        while not answer.endswith(b"\n"):
            answer += output.read(1 << 17)
        times.append(time.perf_counter() - begin)
    process.stdin.close()
times.sort()
print(f"one event alone: {statistics.median(times) * 1e6:.0f} µs median,"
      f" {times[len(times) * 99 // 100] * 1e6:.0f} µs for 99 of 100")
