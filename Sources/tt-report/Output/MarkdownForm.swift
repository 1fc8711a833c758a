internal import Console
internal import NDJSON

extension ReportForm {
  /// A table for issues, wikis and mails, the ledger below it.
  func writeMarkdown(to output: inout StandardOutput) throws {
    output.buffer.append("## Hours ")
    output.buffer.append(markdown: period.title)
    output.buffer.append("\n\n")
    if pivot == nil {
      try writeMarkdownRows(to: &output)
    } else {
      try writeMarkdownSheet(to: &output)
    }
    for line in ledgerLines() {
      let isItem = line.hasPrefix("  ")
      output.buffer.append(isItem ? "- " : "")
      output.buffer.append(markdown: isItem ? String(line.dropFirst(2)) : line)
      output.buffer.append("\n")
      if line.hasSuffix("left out:") { output.buffer.append("\n") }
    }
  }

  private func writeMarkdownRows(to output: inout StandardOutput) throws {
    let durations = durations
    let titles = numberTitles
    writeLine(main.keys.map(\.title) + titles, to: &output.buffer)
    writeRule(texts: main.keys.count, numbers: titles.count, to: &output.buffer)
    for row in 0..<main.count {
      writeLine(
        main.keys.indices.map { text(row, $0) }
          + numbers(main.sum(row), amount: amount(row), durations),
        to: &output.buffer)
      try output.settle()
    }
    let label = main.keys.indices.map { $0 == 0 ? "Total" : "" }
    writeLine(
      label + numbers(main.total, amount: totalAmount, durations), to: &output.buffer)
  }

  private func writeMarkdownSheet(to output: inout StandardOutput) throws {
    let sheet = PivotSheet(self)
    let durations = durations
    let width = main.keys.count - 1
    writeLine(
      main.keys.dropLast().map(\.title) + sheet.columns.map(shortColumnTitle) + ["Total"],
      to: &output.buffer)
    writeRule(texts: width, numbers: sheet.columns.count + 1, to: &output.buffer)
    for row in sheet.rows {
      let times = row.seconds.map { $0.map { durations($0) } ?? "" }
      writeLine(
        (0..<width).map { text(row.first, $0) } + times + [durations(row.total)],
        to: &output.buffer)
      try output.settle()
    }
    writeLine(
      (0..<width).map { $0 == 0 ? "Total" : "" } + sheet.columnTotals.map { durations($0) }
        + [durations(main.total.shownSeconds)], to: &output.buffer)
  }

  private func writeLine(_ cells: [String], to buffer: inout OutputBuffer) {
    for cell in cells {
      buffer.append("| ")
      buffer.append(markdown: cell)
      buffer.append(" ")
    }
    buffer.append("|\n")
  }

  private func writeRule(texts: Int, numbers: Int, to buffer: inout OutputBuffer) {
    for _ in 0..<texts { buffer.append("| --- ") }
    for _ in 0..<numbers { buffer.append("| ---: ") }
    buffer.append("|\n")
  }
}

extension OutputBuffer {
  /// Text in which nothing is markup: neither Markdown's nor the HTML that Markdown lets through.
  mutating func append(markdown text: String) {
    for scalar in printable(text).unicodeScalars {
      if "\\`*_{}[]<>#|~&!".unicodeScalars.contains(scalar) { append("\\") }
      append(text: String(scalar))
    }
  }
}
