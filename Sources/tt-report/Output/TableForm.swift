internal import Console
internal import NDJSON

extension ReportForm {
  /// The report as people read it on a terminal: groups, subtotals, bars, and the ledger below.
  func writeTable(to output: inout StandardOutput, _ screen: Screen) throws {
    output.buffer.append(text: "Hours \(period.title)\n\n")
    if pivot != nil {
      try writePivot(to: &output, screen)
    } else {
      try writeGroups(to: &output, screen)
    }
    for line in ledgerLines() { output.buffer.append(text: line + "\n") }
  }

  private func writeGroups(to output: inout StandardOutput, _ screen: Screen) throws {
    let durations = durations
    let keys = main.keys
    var columns = keys.map { TextTable.Column(title: $0.title) }
    columns += numberTitles.map { TextTable.Column(title: $0, alignment: .right) }
    if screen.bars { columns.append(.init(title: "", isBar: true)) }
    var table = TextTable(columns, width: screen.width, colors: screen.colors)
    let longest = (0..<main.count).map { main.sum($0).shownSeconds }.max() ?? 0
    for row in 0..<main.count {
      let sum = main.sum(row)
      let share = longest > 0 ? Double(sum.shownSeconds) / Double(longest) : 0
      table.lines.append(
        .cells(keyCells(row) + numbers(sum, amount: amount(row), durations), bar: share))
      if closesGroup(row) { addSubtotal(row, durations, to: &table) }
    }
    if main.count > 0 { table.lines.append(.rule) }
    let label = ["Total"] + [String](repeating: "", count: max(0, keys.count - 1))
    table.lines.append(.strong(label + numbers(main.total, amount: totalAmount, durations)))
    try table.write(to: &output)
  }

  /// The row's keys, without those that are the same as in the row above.
  private func keyCells(_ row: Int) -> [String] {
    main.keys.indices.map { place in
      let isRepeated =
        row > 0 && !startsGroup(row)
        && main.group(row, width: place + 1) == main.group(row - 1, width: place + 1)
      return isRepeated ? "" : printable(text(row, place))
    }
  }

  private func startsGroup(_ row: Int) -> Bool {
    row == 0 || main.group(row, width: 1) != main.group(row - 1, width: 1)
  }

  /// Whether the row is the last of several that agree in their first key.
  private func closesGroup(_ row: Int) -> Bool {
    guard main.keys.count > 1, row > 0,
      main.group(row, width: 1) == main.group(row - 1, width: 1)
    else { return false }
    return row == main.count - 1 || main.group(row, width: 1) != main.group(row + 1, width: 1)
  }

  private func addSubtotal(_ row: Int, _ durations: DurationText, to table: inout TextTable) {
    var cells = [String](repeating: "", count: main.keys.count)
    cells[1] = "subtotal"
    table.lines.append(
      .strong(cells + numbers(main.subtotal(row, width: 1), amount: nil, durations)))
  }
}

extension ReportForm {
  /// What stands under a report: how many entries it shows, what it leaves out and why.
  func ledgerLines() -> [String] {
    let ledger = report.ledger
    let durations = durations
    var lines = [""]
    if report.plan.split == .full {
      lines.append("Time of several projects or activities counts in full for each.")
    }
    if workedDiffers, report.plan.split != .full {
      lines.append(
        "Counted \(durations(main.total.seconds)), worked \(durations(report.workedSeconds)): "
          + "some time is double-booked.")
    }
    lines.append(
      "\(ledger.shown.entries) of \(count(ledger.period.entries, "entry", "entries")) in the period"
        + (ledger.leftOut.isEmpty ? "." : "; left out:"))
    for line in ledger.leftOut {
      lines.append(
        "  \(count(line.amount.entries, line.title, line.title)), "
          + durations(line.amount.seconds))
    }
    return lines
  }
}

/// `1 entry`, `3 entries`.
func count(_ number: Int, _ one: String, _ many: String) -> String {
  "\(number) \(number == 1 ? one : many)"
}

extension Ledger.Line {
  /// The reason in words.
  var title: String {
    switch reason {
    case .seriesMaster: "series masters"
    case .cancelled: "cancelled"
    case .declined: "declined"
    case .allDay: "all day"
    case .showAs: "shown as \(printable(name))"
    case .noProject: "without a project"
    case .overlap: "lost to another entry of the same time"
    }
  }
}
