internal import Console
internal import NDJSON

extension ReportForm {
  /// One JSON document: rows, total, ledger.
  func writeJSON(to output: inout StandardOutput) throws {
    var keys = jsonKeys()
    output.buffer.append("{\"rows\":[")
    for row in 0..<main.count {
      output.buffer.append(row == 0 ? "\n" : ",\n")
      append(row: row, &keys, to: &output.buffer)
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
    var keys = jsonKeys()
    for row in 0..<main.count {
      append(row: row, &keys, to: &output.buffer)
      output.buffer.append("\n")
      try output.settle()
    }
    output.buffer.append("{\"total\":")
    appendTotal(to: &output.buffer)
    output.buffer.append("}\n{\"ledger\":")
    append(report.ledger, to: &output.buffer)
    output.buffer.append("}\n")
  }

  private func jsonKeys() -> PreparedKeys {
    PreparedKeys(self) { text, buffer in buffer.append(safeJSON: text) }
  }

  private func append(row: Int, _ keys: inout PreparedKeys, to buffer: inout OutputBuffer) {
    buffer.append("{")
    for (place, key) in main.keys.enumerated() {
      buffer.append("\"")
      buffer.append(text: key.memberName)
      buffer.append("\":")
      keys.append(row, place, to: &buffer)
      buffer.append(",")
    }
    append(main.sum(row), to: &buffer)
    if hasAmounts { append(amount: amount(row), to: &buffer) }
    buffer.append("}")
  }

  private func append(amount: Int?, to buffer: inout OutputBuffer) {
    buffer.append(",\"amount\":")
    guard let amount else { return buffer.append("null") }
    buffer.append(decimal: amount, per: 100, places: 2)
  }

  private func append(_ sum: HoursTable.Sum, to buffer: inout OutputBuffer) {
    buffer.append("\"entries\":")
    buffer.append(integer: sum.entries)
    append(seconds: sum.seconds, to: &buffer)
    if let rounded = sum.roundedSeconds {
      buffer.append(",\"roundedMinutes\":")
      buffer.append(decimal: rounded, per: 60, places: 2)
    }
  }

  private func append(seconds: Int, to buffer: inout OutputBuffer) {
    buffer.append(",\"seconds\":")
    buffer.append(integer: seconds)
    buffer.append(",\"minutes\":")
    buffer.append(decimal: seconds, per: 60, places: 2)
    buffer.append(",\"hours\":")
    buffer.append(decimal: seconds, per: 3600, places: 4)
  }

  private func appendTotal(to buffer: inout OutputBuffer) {
    buffer.append("{")
    append(main.total, to: &buffer)
    buffer.append(",\"workedSeconds\":")
    buffer.append(integer: report.workedSeconds)
    if hasAmounts { append(amount: totalAmount, to: &buffer) }
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
    try writeFields(to: &output, separator: UInt8(ascii: ","), lineEnd: "\r\n") { text, buffer in
      buffer.append(csvField: SafeText.field(text))
    }
  }

  /// Rows with a heading; no field holds a tab or a line end.
  func writeTSV(to output: inout StandardOutput) throws {
    try writeFields(to: &output, separator: UInt8(ascii: "\t"), lineEnd: "\n") { text, buffer in
      buffer.append(text: SafeText.field(text))
    }
  }

  private func writeFields(
    to output: inout StandardOutput, separator: UInt8, lineEnd: StaticString,
    _ prepare: @escaping (String, inout OutputBuffer) -> Void
  ) throws {
    let showsRounded = isRounded && report.plan.rounding?.place != .total
    let titles =
      main.keys.map(\.memberName) + ["entries", "seconds", "minutes", "hours"]
      + (showsRounded ? ["roundedMinutes"] : []) + (hasAmounts ? ["amount"] : [])
    for (place, title) in titles.enumerated() {
      if place > 0 { output.buffer.append(separator) }
      output.buffer.append(text: title)
    }
    output.buffer.append(lineEnd)
    var keys = PreparedKeys(self, prepare)
    for row in 0..<main.count {
      for place in main.keys.indices {
        keys.append(row, place, to: &output.buffer)
        output.buffer.append(separator)
      }
      append(main.sum(row), separator, showsRounded, to: &output.buffer)
      if hasAmounts {
        output.buffer.append(separator)
        if let amount = amount(row) { output.buffer.append(decimal: amount, per: 100, places: 2) }
      }
      output.buffer.append(lineEnd)
      try output.settle()
    }
  }

  private func append(
    _ sum: HoursTable.Sum, _ separator: UInt8, _ showsRounded: Bool,
    to buffer: inout OutputBuffer
  ) {
    buffer.append(integer: sum.entries)
    buffer.append(separator)
    buffer.append(integer: sum.seconds)
    buffer.append(separator)
    buffer.append(decimal: sum.seconds, per: 60, places: 2)
    buffer.append(separator)
    buffer.append(decimal: sum.seconds, per: 3600, places: 4)
    guard showsRounded else { return }
    buffer.append(separator)
    buffer.append(decimal: sum.roundedSeconds ?? 0, per: 60, places: 2)
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
