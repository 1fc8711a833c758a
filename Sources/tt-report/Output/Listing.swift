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
    case .csv: try writeFields(",", "\r\n", to: &output) { $1.append(csvField: SafeText.field($0)) }
    case .tsv: try writeFields("\t", "\n", to: &output) { $1.append(text: SafeText.field($0)) }
    case .ndjson: try writeObjects("", "\n", to: &output)
    case .json:
      output.buffer.append("[\n")
      try writeObjects(",\n", "", to: &output)
      output.buffer.append("\n]\n")
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

  private func writeFields(
    _ separator: StaticString, _ end: StaticString, to output: inout StandardOutput,
    _ write: (String, inout OutputBuffer) -> Void
  ) throws {
    for (place, column) in columns.enumerated() {
      if place > 0 { output.buffer.append(separator) }
      output.buffer.append(text: column.name)
    }
    output.buffer.append(end)
    for row in rows {
      for (place, cell) in row.enumerated() {
        if place > 0 { output.buffer.append(separator) }
        switch cell {
        case .text(let text), .time(let text): write(text, &output.buffer)
        case .number(let digits): output.buffer.append(text: digits)
        case .seconds(let seconds): output.buffer.append(decimal: seconds, per: 60, places: 2)
        case .nothing: break
        }
      }
      output.buffer.append(end)
      try output.settle()
    }
  }

  private func writeObjects(
    _ between: StaticString, _ end: StaticString, to output: inout StandardOutput
  ) throws {
    for (number, row) in rows.enumerated() {
      if number > 0 { output.buffer.append(between) }
      output.buffer.append("{")
      for (place, cell) in row.enumerated() {
        output.buffer.append(place == 0 ? "\"" : ",\"")
        output.buffer.append(text: columns[place].name)
        output.buffer.append("\":")
        switch cell {
        case .text(let text), .time(let text): output.buffer.append(safeJSON: text)
        case .number(let digits): output.buffer.append(text: digits)
        case .seconds(let seconds): output.buffer.append(decimal: seconds, per: 60, places: 2)
        case .nothing: output.buffer.append("null")
        }
      }
      output.buffer.append("}")
      output.buffer.append(end)
      try output.settle()
    }
  }
}
