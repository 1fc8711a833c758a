import Glibc

/// Keeps SIGTERM and SIGINT for `waitForStopSignal`; call it before any thread is started.
func blockStopSignals() {
  var signals = stopSignals()
  unsafe pthread_sigmask(SIG_BLOCK, &signals, nil)
}

/// Returns when somebody wants the process to stop.
func waitForStopSignal() {
  var signals = stopSignals()
  var signal: Int32 = 0
  unsafe sigwait(&signals, &signal)
}

private func stopSignals() -> sigset_t {
  var signals = sigset_t()
  unsafe sigemptyset(&signals)
  unsafe sigaddset(&signals, SIGTERM)
  unsafe sigaddset(&signals, SIGINT)
  return signals
}

/// Stops the process once the answer under way is out.
func endProcessSoon() {
  startThread {
    sleep(milliseconds: 50)
    kill(getpid(), SIGTERM)
  }
}

/// Reads standard input to its end, then stops the process.
func drainStandardInput() {
  var byte: UInt8 = 0
  while unsafe read(0, &byte, 1) > 0 {}
  kill(getpid(), SIGTERM)
}

/// Writes a file whole or not at all: whoever waits for it never reads half a line.
func writeFile(_ text: String, to path: String) throws {
  let draft = path + ".tmp"
  guard let file = unsafe fopen(draft, "w") else { throw SystemCallFailure(call: draft) }
  let bytes = Array(text.utf8)
  let count = unsafe fwrite(bytes, 1, bytes.count, file)
  guard unsafe fclose(file) == 0, count == bytes.count else {
    throw SystemCallFailure(call: draft)
  }
  guard unsafe rename(draft, path) == 0 else { throw SystemCallFailure(call: path) }
}

/// Writes a line to standard output at once.
func announceLine(_ line: String) {
  let bytes = Array((line + "\n").utf8)
  _ = unsafe write(1, bytes, bytes.count)
}
