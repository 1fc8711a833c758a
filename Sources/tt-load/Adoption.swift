import Database
import ODBC
import Schema

/// Takes over the tables of the earlier program: its rows, categories and links move into the new tables.
struct Adoption {
  init(_ dialect: Dialect) {}

  func run(on database: borrowing Database) throws {
    throw ODBCError(call: "adoption", diagnostics: [])
  }
}
