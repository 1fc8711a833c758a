import Schema
import Testing

@Suite struct DatabaseSettingsTests {
  private func settings(
    _ option: String? = nil, _ variables: [String: String] = [:]
  ) throws(DatabaseSettings.Fault) -> DatabaseSettings {
    try DatabaseSettings(option: option) { variables[$0] }
  }

  @Test func `with nothing set it is a file in the data folder`() throws {
    let place = try settings(nil, ["XDG_DATA_HOME": "/d", "TT_NOISE": "x"]).place
    #expect(place == .sqlite(path: "/d/tracktime365/tracktime365.db"))
    let other = try settings(nil, ["HOME": "/h"]).place
    #expect(other == .sqlite(path: "/h/.local/share/tracktime365/tracktime365.db"))
  }

  @Test func `the option wins over TT_DB, and that over DB_SERVER`() throws {
    let variables = ["TT_DB": "dsn:Work", "DB_SERVER": "s", "DB_NAME": "n"]
    #expect(try settings("sqlite:a b.db", variables).place == .sqlite(path: "a b.db"))
    #expect(try settings(nil, variables).place == .dsn("Work"))
  }

  @Test(arguments: ["Driver=X;UID=u;PWD=p", "driver={X};pwd={a;b}", "DSN=X;Password=p"])
  func `a password in the option is refused, in TT_DB it is taken`(text: String) throws {
    let fault = #expect(throws: DatabaseSettings.Fault.self) { try settings(text) }
    #expect(fault?.message.contains("password") == true)
    #expect(try settings(nil, ["TT_DB": text]).wantsPassword == false)
  }

  @Test func `DB_USER is the login where nothing else says how to log in`() throws {
    func texts(_ text: String, _ user: String = "u") throws -> [String] {
      try settings(nil, ["TT_DB": text, "DB_USER": user])
        .connectionTexts(password: "p", .writing)
    }
    #expect(try texts("dsn:Work") == ["DSN=Work;UID=u;PWD=p"])
    #expect(try texts("Driver=X;Encrypt=no") == ["Driver=X;Encrypt=no;UID=u;PWD=p"])
    #expect(try settings(nil, ["TT_DB": "Driver=X", "DB_USER": "u"]).wantsPassword)
    let untrusted = try settings(nil, ["TT_DB": "Driver=X;Trusted_Connection=no", "DB_USER": "u"])
    #expect(untrusted.user == "u")
    #expect(try settings(nil, ["TT_DB": "Driver=X;UID=;PWD=", "DB_USER": "u"]).user == nil)
    for own in ["UID=v", "Trusted_Connection=yes", "Authentication=ActiveDirectoryMsi"] {
      let text = "Driver=X;Encrypt=no;\(own)"
      #expect(try settings(nil, ["TT_DB": text, "DB_USER": "u"]).user != "u")
    }
    #expect(try settings(nil, ["TT_DB": "sqlite:x", "DB_USER": "u"]).user == nil)
  }

  @Test(arguments: [
    (["DB_NAME": "n", "DB_USER": "u"], "DB_SERVER"),
    (["DB_NAME": "n", "DB_SERVER": "s:1433"], "s,1433"),
    (["TT_DB": "SERVER=s;DATABASE=n"], "DRIVER="), (["TT_DB": "dsn:"], "NAME"),
  ])
  func `the hint says what is missing`(variables: [String: String], words: String) {
    let fault = #expect(throws: DatabaseSettings.Fault.self) { try settings(nil, variables) }
    #expect(fault?.hint?.contains(words) == true)
  }

  @Test(arguments: ["", "sqlite:", "sqlite:a;b", "calendar.db", "dsn:"])
  func `what names no database is refused`(text: String) {
    #expect(throws: DatabaseSettings.Fault.self) { try settings(text) }
  }

  @Test func `a server is encrypted and verified unless told otherwise`() throws {
    let variables = ["DB_SERVER": "db.example.com,1444", "DB_NAME": "work", "DB_USER": "u"]
    let strict = try settings(nil, variables)
    #expect(strict.wantsPassword)
    #expect(
      strict.connectionTexts(password: "p;}q", .writing) == [
        "Driver=ODBC Driver 18 for SQL Server;Server=db.example.com,1444;Encrypt=yes;"
          + "TrustServerCertificate=no;APP=tracktime365;Database=work;UID=u;PWD={p;}}q}"
      ])
    let lax = variables.merging([
      "DB_TRUST_SERVER_CERTIFICATE": "yes", "DB_ENCRYPT": "strict", "DB_DRIVER": "FreeTDS",
    ]) { $1 }
    #expect(
      try settings(nil, lax).connectionTexts(password: nil, .writing) == [
        "Driver=FreeTDS;Server=db.example.com;Port=1444;TDS_Version=7.4;ClientCharset=UTF-8;"
          + "Encryption=require;Database=work;UID=u"
      ])
  }

  @Test func `a connection string that is silent about encryption gets it`() throws {
    func texts(_ text: String) throws -> [String] {
      try settings(nil, ["TT_DB": text]).connectionTexts(password: nil, .writing)
    }
    #expect(try texts("Driver=X;Server=s") == ["Driver=X;Server=s;Encrypt=yes"])
    #expect(
      try texts("Driver=FreeTDS;Server=s")
        == ["Driver=FreeTDS;Server=s;Encryption=require;ClientCharset=UTF-8"])
    #expect(try texts("Driver=X;Encrypt=no") == ["Driver=X;Encrypt=no"])
    #expect(try texts("Driver=SQLite3;Database=x") == ["Driver=SQLite3;Database=x;FKSupport=1"])
  }

  @Test func `a missing database name or a strange flag is told`() {
    #expect(throws: DatabaseSettings.Fault.self) { try settings(nil, ["DB_SERVER": "s"]) }
    #expect(throws: DatabaseSettings.Fault.self) {
      try settings(
        nil, ["DB_SERVER": "s", "DB_NAME": "n", "DB_TRUST_SERVER_CERTIFICATE": "maybe"])
    }
  }
}
