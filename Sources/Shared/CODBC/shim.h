#pragma once
#include <sql.h>
#include <sqlext.h>
#include <sqlucode.h>
#include <string.h>

// SQL_C_SBIGINT is a sum of two macros, which Swift does not import.
static const SQLSMALLINT TT_SQL_C_SBIGINT = SQL_C_SBIGINT;
