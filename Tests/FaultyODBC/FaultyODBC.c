#define _GNU_SOURCE
#include "FaultyODBC.h"

#include <dlfcn.h>
#include <sql.h>
#include <sqlext.h>
#include <stdbool.h>
#include <string.h>

// The functions of the driver manager that have their names taken here.
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static _Thread_local struct {
  bool counts;
  long calls;
  long number;
  enum faulty_odbc_end end;
  SQLINTEGER native;
  char state[6];
  /// The statement that failed, until it was asked why.
  SQLHSTMT failed;
  /// What comes before the call, which doesn't fail then.
  void (*meanwhile)(void *context);
  void *context;
} plan;

void faulty_odbc_fail(long number, enum faulty_odbc_end end, int native, const char *state) {
  memset(&plan, 0, sizeof plan);
  plan.counts = true;
  plan.number = number;
  plan.end = end;
  plan.native = native;
  strncpy(plan.state, state, sizeof plan.state - 1);
}

void faulty_odbc_interrupt(long number, void (*meanwhile)(void *context), void *context) {
  faulty_odbc_fail(number, FAULTY_ODBC_REFUSED, 0, "");
  plan.meanwhile = meanwhile;
  plan.context = context;
}

long faulty_odbc_stop(void) {
  plan.counts = false;
  return plan.calls;
}

static void let_others_work(void) {
  plan.counts = false;
  plan.meanwhile(plan.context);
  plan.counts = true;
}

/// Whether the call that is about to be made is the one to fail.
static bool is_next(void) {
  if (!plan.counts) return false;
  plan.calls += 1;
  if (plan.calls != plan.number) return false;
  if (!plan.meanwhile) return true;
  let_others_work();
  return false;
}

static void roll_back(SQLHSTMT statement) {
  SQLFreeStmt(statement, SQL_CLOSE);
  REAL(SQLExecDirect)(statement, (SQLCHAR *)"IF @@TRANCOUNT > 0 ROLLBACK TRANSACTION", SQL_NTS);
}

/// What a call comes to that would have come to `result`, asked for only if it is made.
#define CALL(statement, result)                                 \
  if (!is_next()) return result;                                \
  if (plan.end == FAULTY_ODBC_UNANSWERED) (void)result;         \
  if (plan.end == FAULTY_ODBC_ROLLED_BACK) roll_back(statement); \
  plan.failed = statement;                                      \
  return SQL_ERROR

SQLRETURN SQLExecute(SQLHSTMT statement) { CALL(statement, REAL(SQLExecute)(statement)); }

SQLRETURN SQLFetch(SQLHSTMT statement) { CALL(statement, REAL(SQLFetch)(statement)); }

SQLRETURN SQLMoreResults(SQLHSTMT statement) { CALL(statement, REAL(SQLMoreResults)(statement)); }

SQLRETURN SQLPrepare(SQLHSTMT statement, SQLCHAR *text, SQLINTEGER length) {
  CALL(statement, REAL(SQLPrepare)(statement, text, length));
}

SQLRETURN SQLPrepareW(SQLHSTMT statement, SQLWCHAR *text, SQLINTEGER length) {
  CALL(statement, REAL(SQLPrepareW)(statement, text, length));
}

SQLRETURN SQLExecDirect(SQLHSTMT statement, SQLCHAR *text, SQLINTEGER length) {
  CALL(statement, REAL(SQLExecDirect)(statement, text, length));
}

SQLRETURN SQLExecDirectW(SQLHSTMT statement, SQLWCHAR *text, SQLINTEGER length) {
  CALL(statement, REAL(SQLExecDirectW)(statement, text, length));
}

static SQLSMALLINT widen(const char *text, SQLWCHAR *into) {
  SQLSMALLINT length = 0;
  for (; text[length]; length++) into[length] = (unsigned char)text[length];
  into[length] = 0;
  return length;
}

SQLRETURN SQLGetDiagRecW(
    SQLSMALLINT kind, SQLHANDLE handle, SQLSMALLINT record, SQLWCHAR *state, SQLINTEGER *native,
    SQLWCHAR *message, SQLSMALLINT capacity, SQLSMALLINT *length) {
  if (!plan.failed || plan.failed != handle)
    return REAL(SQLGetDiagRecW)(kind, handle, record, state, native, message, capacity, length);
  if (record > 1) {
    plan.failed = NULL;
    return SQL_NO_DATA;
  }
  widen(plan.state, state);
  *native = plan.native;
  *length = widen("failed on purpose", message);
  return SQL_SUCCESS;
}
