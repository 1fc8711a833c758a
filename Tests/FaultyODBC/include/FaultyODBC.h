// Calls of ODBC that fail, or that others come before, when a test wants them to: it stands before the driver manager in
// the tests' executable, and lets through what other threads call, and what no test has asked about.
#pragma once

#pragma clang assume_nonnull begin

/// What becomes of the call that fails.
enum faulty_odbc_end {
  /// It isn't made.
  FAULTY_ODBC_REFUSED,
  /// It isn't made, and the server has rolled the transaction back, as it does with a deadlock's victim.
  FAULTY_ODBC_ROLLED_BACK,
  /// It is made, but its answer is lost.
  FAULTY_ODBC_UNANSWERED,
};

/// From now on this thread's calls are counted, and the one of this number fails, once; 0 for none.
///
/// Calls that run, prepare or fetch count. `native` is what the server calls the failure, `state` its SQLSTATE.
void faulty_odbc_fail(long number, enum faulty_odbc_end end, int native, const char *state);

/// From now on this thread's calls are counted, and before the one of this number `meanwhile` runs, whose own calls don't
/// count.
void faulty_odbc_interrupt(long number, void (*meanwhile)(void *context), void *context);

/// How many calls this thread made since; none count from now on.
long faulty_odbc_stop(void);

#pragma clang assume_nonnull end
