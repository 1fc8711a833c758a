internal import Console
internal import NDJSON

extension Listing {
  /// A page with the columns that people see, sortable.
  func writeHTML(_ unit: DurationUnit, to output: inout StandardOutput) throws {
    let durations = durations(unit)
    let shown = columns.indices.filter { columns[$0].isForPeople }
    PageFrame.open(title, count(rows.count, "row", "rows"), &output.buffer)
    output.buffer.append("<div class=\"scroll\">\n<table data-sortable>\n<thead><tr>")
    for place in shown {
      let numeric = columns[place].isNumber ? " class=\"n\"" : ""
      output.buffer.append(text: "<th scope=\"col\"\(numeric)>")
      output.buffer.append(html: columns[place].title)
      output.buffer.append("</th>")
    }
    output.buffer.append("</tr></thead>\n<tbody>\n")
    for row in rows {
      output.buffer.append("<tr>")
      for place in shown { write(row[place], place, durations, to: &output.buffer) }
      output.buffer.append("</tr>\n")
      try output.settle()
    }
    output.buffer.append("</tbody>\n</table>\n</div>\n")
    PageFrame.close(&output.buffer)
  }

  private func write(
    _ cell: Cell, _ place: Int, _ durations: DurationText, to buffer: inout OutputBuffer
  ) {
    let tag = columns[place].isNumber ? "td class=\"n\"" : "td"
    buffer.append(text: "<\(tag)\(cell.sortValue.map { " data-v=\"\($0)\"" } ?? "")>")
    buffer.append(html: plain(cell, durations))
    buffer.append("</td>")
  }
}

extension Listing.Cell {
  /// What numbers sort by.
  fileprivate var sortValue: String? {
    switch self {
    case .seconds(let seconds): "\(seconds)"
    case .number(let digits): digits
    case .nothing: "0"
    case .text, .time: nil
    }
  }
}
