"""Runs a command and prints its CPU seconds and resident memory in KB on stderr."""

import os
import resource
import subprocess
import sys

status = subprocess.run(sys.argv[1:], check=False).returncode
if status != 0:
    sys.exit(f"{sys.argv[1]} ended with {status}")
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
os.write(2, f"{usage.ru_utime + usage.ru_stime:.3f} {usage.ru_maxrss}\n".encode())
