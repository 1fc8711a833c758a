"""Runs a command and prints its CPU seconds and resident memory in KB on stderr."""

import os
import resource
import subprocess
import sys


def children():
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss


# This process may have had children before it became Python: wrappers of python3 do.
before, _ = children()
status = subprocess.run(sys.argv[1:], check=False).returncode
if status != 0:
    sys.exit(f"{sys.argv[1]} ended with {status}")
after, memory = children()
os.write(2, f"{after - before:.3f} {memory}\n".encode())
