internal import ArgumentParser
internal import Console
internal import NDJSON

/// Rows of named columns, for commands that list things; the same rows in every form.
struct Listing: Sendable {
  enum Form: String, CaseIterable, ExpressibleByArgument, Sendable {
    case table, csv, tsv, json, ndjson, markdown, html, xlsx
  }

  enum Cell: Equatable, Sendable {
    case text(String)
    /// A number in decimal digits, as all forms write it.
    case number(String)
    /// A duration: people see it in their unit, machines as minutes.
    case seconds(Int)
    /// A date, or a local time as RFC 3339 has it.
    case time(String)
    case nothing
  }

  struct Column: Sendable {
    /// The member's or column's name for machines.
    var name: String
    var title: String
    /// Whether people see it: ids and the like are for machines.
    var isForPeople = true
    var isNumber = false
  }

  let title: String
  let columns: [Column]
  var rows: [[Cell]] = []

  init(_ title: String, _ columns: [Column]) {
    self.title = title
    self.columns = columns
  }

  func write(
    _ form: Form, unit: DurationUnit, to output: inout StandardOutput, _ environment: Environment
  ) throws {
    switch form {
    case .table: try writeTable(unit, to: &output, Screen(environment))
    case .html: try writeHTML(unit, to: &output)
    case .xlsx: try writeXLSX(unit, to: &output, environment)
    case .markdown: try writeMarkdown(unit, to: &output)
    case .csv, .tsv, .json, .ndjson:
      var writer = RowWriter(form, columns, to: &output)
      for row in rows { try writer.write(row, to: &output) }
      writer.end(&output)
    }
  }

  func durations(_ unit: DurationUnit) -> DurationText {
    let isOdd = rows.contains { row in
      row.contains { if case .seconds(let seconds) = $0 { seconds % 60 != 0 } else { false } }
    }
    return DurationText(unit, showsSeconds: isOdd)
  }

  func plain(_ cell: Cell, _ durations: DurationText) -> String {
    switch cell {
    case .text(let text), .time(let text): printable(text)
    case .number(let digits): digits
    case .seconds(let seconds): durations(seconds)
    case .nothing: ""
    }
  }

  private func writeTable(
    _ unit: DurationUnit, to output: inout StandardOutput, _ screen: Screen
  ) throws {
    let durations = durations(unit)
    let shown = columns.indices.filter { columns[$0].isForPeople }
    var table = TextTable(
      shown.map {
        .init(title: columns[$0].title, alignment: columns[$0].isNumber ? .right : .left)
      }, width: screen.width, colors: screen.colors)
    table.lines = rows.map { row in .cells(shown.map { plain(row[$0], durations) }, bar: nil) }
    try table.write(to: &output)
  }

  private func writeMarkdown(_ unit: DurationUnit, to output: inout StandardOutput) throws {
    let durations = durations(unit)
    let shown = columns.indices.filter { columns[$0].isForPeople }
    func line(_ cells: [String]) {
      for cell in cells {
        output.buffer.append("| ")
        output.buffer.append(markdown: cell)
        output.buffer.append(" ")
      }
      output.buffer.append("|\n")
    }
    line(shown.map { columns[$0].title })
    for place in shown { output.buffer.append(columns[place].isNumber ? "| ---: " : "| --- ") }
    output.buffer.append("|\n")
    for row in rows { line(shown.map { plain(row[$0], durations) }) }
  }
}
