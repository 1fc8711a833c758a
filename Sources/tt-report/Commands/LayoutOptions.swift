internal import ArgumentParser
internal import Console

/// What a report is told apart by, and the form it takes.
struct LayoutOptions: ParsableArguments {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case table, csv, tsv, json, ndjson, markdown, html, xlsx
  }

  @Option(
    help: ArgumentHelp(
      """
      What rows are told apart by: user, project, activity, category, day, week, month, quarter, year, \
      weekday, hour, organizer, show-as, and with rules billable and rate; with commas between.
      """, valueName: "keys"), transform: KeyList.init(words:))
  var by = KeyList(keys: [.user, .project, .activity])

  @Option(help: ArgumentHelp("Spread this key over columns.", valueName: "key"))
  var pivot: ReportKey?

  @Option(
    help: ArgumentHelp("table, csv, tsv, json, ndjson, markdown, html or xlsx.", valueName: "form"))
  var format = Format.table

  @Option(help: ArgumentHelp("Durations as h:mm, hours or minutes.", valueName: "unit"))
  var unit = DurationUnit.clock

  mutating func validate() throws {
    if let pivot, by.keys.contains(pivot) {
      throw ValidationError("--pivot \(pivot.rawValue) is among the keys of --by already")
    }
  }

  func refuseTerminal() throws { if format == .xlsx { try refuseWorkbookOnTerminal() } }

  /// The keys of rows, and behind them the one that goes over columns.
  var keys: [ReportKey] { by.keys + (pivot.map { [$0] } ?? []) }

  /// The tables that the form is made of.
  func tables(_ period: Period) -> [[ReportKey]] {
    [keys] + (format == .html ? PageTables(period).keys : [])
  }

  func write(_ form: ReportForm, _ world: World) throws {
    var output = StandardOutput()
    switch format {
    case .table: try form.writeTable(to: &output, Screen(world.environment))
    case .csv: try form.writeCSV(to: &output)
    case .tsv: try form.writeTSV(to: &output)
    case .json: try form.writeJSON(to: &output)
    case .ndjson: try form.writeNDJSON(to: &output)
    case .markdown: try form.writeMarkdown(to: &output)
    case .html: try form.writeHTML(to: &output)
    case .xlsx: try form.writeXLSX(to: &output, world.environment)
    }
    try output.close()
  }
}

/// A workbook is bytes, not text: nobody wants them on a screen.
func refuseWorkbookOnTerminal() throws {
  guard isTerminal(1) else { return }
  throw Failure(
    .usage, "a workbook is not for a terminal",
    hint: "send it to a file: … --format xlsx >hours.xlsx")
}

extension ReportKey: ExpressibleByArgument {}
extension DurationUnit: ExpressibleByArgument {}

/// `user,project,day`.
struct KeyList: CustomStringConvertible {
  let keys: [ReportKey]

  init(keys: [ReportKey]) { self.keys = keys }

  /// Reads what `--by` says; a failure names the word that is none.
  init(words text: String) throws {
    let words = text.split(separator: ",", omittingEmptySubsequences: false).map {
      CategoryNames.collapsed(String($0))
    }
    keys = try words.map { word in
      guard let key = ReportKey(rawValue: word) else {
        let known = ReportKey.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("\"\(printable(word))\" is no key; keys are \(known)")
      }
      return key
    }
    guard Set(keys).count == keys.count else {
      throw ValidationError("--by names a key twice: \(printable(text))")
    }
  }

  var description: String { keys.map(\.rawValue).joined(separator: ",") }
}
