import ArgumentParser
import Console
import Database
import NDJSON
import ODBC
import Records
import Schema

extension Load {
  /// Says what categories stand for, whatever their names look like.
  struct Designate: Tool {
    static let configuration = CommandConfiguration(
      abstract: "Say which categories are projects, activities, or neither.",
      discussion: """
        Names compare without case. A category that the database doesn't have yet is added, but not to \
        unset it. Without \
        names, category records with a "designation" are read from standard input. --unset goes \
        back to the markers [PROJECT] and [ACTIVITY] in the name.
        """)

    @Option(parsing: .upToNextOption, help: ArgumentHelp("These are projects.", valueName: "name"))
    var project: [String] = []

    @Option(
      parsing: .upToNextOption, help: ArgumentHelp("These are activities.", valueName: "name"))
    var activity: [String] = []

    @Option(
      parsing: .upToNextOption, help: ArgumentHelp("These are neither.", valueName: "name"))
    var none: [String] = []

    @Option(
      parsing: .upToNextOption,
      help: ArgumentHelp("For these the markers in the name count.", valueName: "name"))
    var unset: [String] = []

    @OptionGroup var database: DatabaseOptions
    @OptionGroup var common: CommonOptions

    func validate() throws {
      let names = project + activity + none + unset
      for name in names where name.isEmpty || !CategoryName.fits(name) {
        throw ValidationError(
          "a category has 1 to \(Limit.categoryName) characters: \"\(name.prefix(40))\"")
      }
      let keys = names.map(CategoryName.key)
      if let twice = names.first(where: { name in
        keys.count { $0 == CategoryName.key(name) } > 1
      }) {
        throw ValidationError("\"\(twice)\" is named twice")
      }
    }

    func run(_ world: World) throws {
      var choices = [(project, "project"), (activity, "activity"), (none, "none")]
        .flatMap { names, word in names.map { ($0, Optional(word)) } }
      choices += unset.map { ($0, nil) }
      if choices.isEmpty { choices = try Self.read() }
      let opener = try DatabaseOpener(option: database.db, world)
      let retrying = Retrying(opener, limitSeconds: 60, world.log) { opened in
        try SchemaUpgrade(log: world.log).run(on: opened)
        return try Session(opened)
      }
      let count = try retrying.run("designate categories") { session in
        try session.transaction(locks: ["categories"]) {
          var count = 0
          for (name, word) in choices {
            let isNew = try session.categories.designate(
              name, as: word, session.database.connection, now: presentColumnTime())
            count += isNew ? 1 : 0
          }
          return count
        }
      }
      world.log.info("\(count) of \(choices.count) categories changed")
    }

    private static func read() throws -> [(String, String?)] {
      var reader = DesignationReader()
      var output = StandardOutput()
      try LineInput().pump(&reader, to: &output)
      return reader.choices
    }
  }
}

/// Reads category records that say what the category stands for; other records are passed over.
private struct DesignationReader: LineHandler {
  private(set) var choices: [(String, String?)] = []
  private var scanner = ObjectScanner()
  private var kinds = RecordKindReader()

  mutating func take(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    do {
      try scanner.scan(line)
      guard kinds.kind(of: line, scanner) == .category else { return }
      let record = try CategoryRecord(line, scanner)
      guard let designation = record.designation else { return }
      guard CategoryName.fits(record.name) else {
        throw RecordFault("\"name\" is longer than \(Limit.categoryName) characters")
      }
      choices.append((record.name, designation))
    } catch let fault as JSONFault {
      throw Failure(.badData, "line \(number): \(fault)")
    } catch let fault as RecordFault {
      throw Failure(.badData, "line \(number): \(fault)")
    }
  }

  mutating func takeUnended(_ line: RawSpan, number: Int, into output: inout OutputBuffer) throws {
    do throws(JSONFault) {
      try scanner.scan(line)
    } catch {
      throw Failure(
        .temporary, "line \(number): the input was cut off; nothing is changed",
        hint: "run it again")
    }
    try take(line, number: number, into: &output)
  }

  mutating func takeOverlong(number: Int, into output: inout OutputBuffer) throws {
    throw Failure(.badData, "line \(number): \(RejectRecord.overlongReason)")
  }
}
