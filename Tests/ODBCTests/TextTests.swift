import ODBC
import Testing

@Suite struct TextTests {
  static let texts: [String?] = [
    nil, "", " ", "plain", "Zoë 漢字 😀", "a\u{1}\t\r\n\u{7F}b", "trailing ", "\u{FEFF}mark",
    String(repeating: "x", count: 3999), String(repeating: "é", count: 4000),
    String(repeating: "é", count: 4001), String(repeating: "😀", count: 2001),
    String(repeating: "0123456789", count: 110_000), "after a long one", nil, "after null",
  ]

  @Test(arguments: DatabaseUnderTest.available)
  func `every text comes back as it went in`(database: DatabaseUnderTest) throws {
    let connection = try database.connect()
    let table = database.temporaryTable
    try connection.execute("CREATE TABLE \(table) (number INTEGER, word \(database.longType))")
    var insert = try connection.prepare("INSERT INTO \(table) VALUES (?, ?)")
    for (number, text) in Self.texts.enumerated() {
      try insert.set(0, number)
      try insert.set(1, text)
      try insert.execute()
    }
    var select = try connection.prepare("SELECT number, word FROM \(table) ORDER BY number")
    try select.bind(columns: [.integer, .longText], rowsPerFetch: 100)
    let found = try select.rows { $0.isNull(1) ? nil : $0.text(1) }
    for (number, text) in Self.texts.enumerated() {
      #expect(found[number] == text, "text \(number)")
    }
    #expect(found.count == Self.texts.count)
  }

  @Test func `an embedded NUL is kept where the engine can hold one`() throws {
    let connection = try DatabaseUnderTest.sqlite.connect()
    var select = try connection.prepare("SELECT length(CAST(? AS BLOB))")
    try select.bind(columns: [.integer])
    try select.set(0, "a\u{0}b")
    let lengths = try select.rows { $0.integer(0) }
    #expect(lengths == [3])
  }

  @Test(arguments: DatabaseUnderTest.available)
  func `numbers of 64 bits come back`(database: DatabaseUnderTest) throws {
    let connection = try database.connect()
    let table = database.temporaryTable
    try connection.execute("CREATE TABLE \(table) (place INTEGER, number BIGINT)")
    var insert = try connection.prepare("INSERT INTO \(table) VALUES (?, ?)")
    let numbers: [Int?] = [0, -1, nil, .max, .min, 1 << 32]
    for (place, number) in numbers.enumerated() {
      try insert.set(0, place)
      try insert.set(1, number)
      try insert.execute()
    }
    var select = try connection.prepare("SELECT number FROM \(table) ORDER BY place")
    try select.bind(columns: [.integer], rowsPerFetch: 4)
    let found = try select.rows { $0.integer(0) }
    #expect(found == numbers)
  }
}
