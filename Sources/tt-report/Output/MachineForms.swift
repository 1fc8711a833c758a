internal import Console
internal import NDJSON

extension ReportForm {
  /// One JSON document: rows, total, ledger.
  func writeJSON(to output: inout StandardOutput) throws {
    output.buffer.append("{\"rows\":[")
    for row in 0..<main.count {
      output.buffer.append(row == 0 ? "\n" : ",\n")
      append(row: row, to: &output.buffer)
      try output.settle()
    }
    output.buffer.append("\n],\"total\":")
    appendTotal(to: &output.buffer)
    output.buffer.append(",\"ledger\":")
    append(report.ledger, to: &output.buffer)
    output.buffer.append("}\n")
  }

  /// One object a row, then the total, then the ledger.
  func writeNDJSON(to output: inout StandardOutput) throws {
    for row in 0..<main.count {
      append(row: row, to: &output.buffer)
      output.buffer.append("\n")
      try output.settle()
    }
    output.buffer.append("{\"total\":")
    appendTotal(to: &output.buffer)
    output.buffer.append("}\n{\"ledger\":")
    append(report.ledger, to: &output.buffer)
    output.buffer.append("}\n")
  }

  private func append(row: Int, to buffer: inout OutputBuffer) {
    buffer.append("{")
    for (place, key) in main.keys.enumerated() {
      buffer.append(jsonString: key.memberName)
      buffer.append(":")
      buffer.append(safeJSON: text(row, place))
      buffer.append(",")
    }
    append(main.sum(row), to: &buffer)
    buffer.append("}")
  }

  private func append(_ sum: HoursTable.Sum, to buffer: inout OutputBuffer) {
    buffer.append("\"entries\":")
    buffer.append(integer: sum.entries)
    append(seconds: sum.seconds, to: &buffer)
    if let rounded = sum.roundedSeconds {
      buffer.append(",\"roundedMinutes\":")
      buffer.append(text: decimal(rounded, per: 60, places: 2))
    }
  }

  private func append(seconds: Int, to buffer: inout OutputBuffer) {
    buffer.append(",\"seconds\":")
    buffer.append(integer: seconds)
    buffer.append(",\"minutes\":")
    buffer.append(text: decimal(seconds, per: 60, places: 2))
    buffer.append(",\"hours\":")
    buffer.append(text: decimal(seconds, per: 3600, places: 4))
  }

  private func appendTotal(to buffer: inout OutputBuffer) {
    buffer.append("{")
    append(main.total, to: &buffer)
    buffer.append(",\"workedSeconds\":")
    buffer.append(integer: report.workedSeconds)
    if report.plan.split == .full { buffer.append(",\"split\":\"full\"") }
    buffer.append("}")
  }

  private func append(_ ledger: Ledger, to buffer: inout OutputBuffer) {
    buffer.append("{\"shown\":")
    append(ledger.shown, to: &buffer)
    for line in ledger.leftOut {
      buffer.append(",")
      buffer.append(safeJSON: line.name)
      buffer.append(":")
      append(line.amount, to: &buffer)
    }
    buffer.append("}")
  }

  private func append(_ amount: Ledger.Amount, to buffer: inout OutputBuffer) {
    buffer.append("{\"entries\":")
    buffer.append(integer: amount.entries)
    buffer.append(",\"seconds\":")
    buffer.append(integer: amount.seconds)
    buffer.append("}")
  }
}

extension ReportForm {
  /// Rows with a heading; fields quoted where they must be, lines ended as RFC 4180 has it.
  func writeCSV(to output: inout StandardOutput) throws {
    try writeFields(to: &output, lineEnd: "\r\n") { buffer, fields in
      for (place, field) in fields.enumerated() {
        if place > 0 { buffer.append(",") }
        buffer.append(csvField: field)
      }
    }
  }

  /// Rows with a heading; no field holds a tab or a line end.
  func writeTSV(to output: inout StandardOutput) throws {
    try writeFields(to: &output, lineEnd: "\n") { buffer, fields in
      for (place, field) in fields.enumerated() {
        if place > 0 { buffer.append("\t") }
        buffer.append(text: field)
      }
    }
  }

  private func writeFields(
    to output: inout StandardOutput, lineEnd: StaticString,
    _ write: (inout OutputBuffer, [String]) -> Void
  ) throws {
    let showsRounded = isRounded && report.plan.rounding?.place != .total
    write(
      &output.buffer,
      main.keys.map(\.memberName) + ["entries", "seconds", "minutes", "hours"]
        + (showsRounded ? ["roundedMinutes"] : []))
    output.buffer.append(lineEnd)
    for row in 0..<main.count {
      let sum = main.sum(row)
      var fields = main.keys.indices.map { SafeText.field(text(row, $0)) }
      fields += [
        "\(sum.entries)", "\(sum.seconds)", decimal(sum.seconds, per: 60, places: 2),
        decimal(sum.seconds, per: 3600, places: 4),
      ]
      if showsRounded {
        fields.append(sum.roundedSeconds.map { decimal($0, per: 60, places: 2) } ?? "")
      }
      write(&output.buffer, fields)
      output.buffer.append(lineEnd)
      try output.settle()
    }
  }
}

extension OutputBuffer {
  /// A CSV field, in quotes where it holds a comma, a quote or a line end.
  mutating func append(csvField text: String) {
    guard text.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
      return append(text: text)
    }
    append("\"")
    for byte in text.utf8 {
      if byte == UInt8(ascii: "\"") { append("\"") }
      append(byte)
    }
    append("\"")
  }
}
