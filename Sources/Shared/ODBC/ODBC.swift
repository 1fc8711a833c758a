// ODBC
