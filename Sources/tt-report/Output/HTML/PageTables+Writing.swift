internal import Console
internal import NDJSON

extension ReportForm {
  /// Who worked how much in which week; the fuller a cell, the stronger its colour.
  func writeHeat(_ tables: PageTables, to output: inout StandardOutput) throws {
    let table = tables.heat(report)
    let weeks = heatWeeks(table)
    guard weeks.count > 1 else { return }
    let longest = max(1, (0..<table.count).map { table.sum($0).seconds }.max() ?? 1)
    let durations = roughDurations
    output.buffer.append(
      """
      <section>
      <h2>Person by week</h2>
      <div class="scroll">
      <table class="heat">
      <thead><tr><th scope="col">User</th>
      """)
    for week in weeks {
      output.buffer.append(
        text: "<th scope=\"col\">\(shortWeek(week))</th>")
    }
    output.buffer.append("<th scope=\"col\" class=\"n\">Hours</th></tr></thead>\n<tbody>\n")
    var row = 0
    while row < table.count {
      let user = table.key(row, 0)
      let total = table.subtotal(row, width: 1).seconds
      var seconds: [UInt32: Int] = [:]
      while row < table.count, table.key(row, 0) == user {
        seconds[table.key(row, 1)] = table.sum(row).seconds
        row += 1
      }
      output.buffer.append("<tr><th scope=\"row\">")
      output.buffer.append(html: texts.text(.user, user) ?? "")
      output.buffer.append("</th>")
      for week in weeks { write(cell: seconds[week], longest, durations, to: &output.buffer) }
      output.buffer.append(text: "<td class=\"n\">\(durations(total))</td></tr>\n")
      try output.settle()
    }
    output.buffer.append("</tbody>\n</table>\n</div>\n</section>\n")
  }

  /// `W41`, or the first day of a week that begins on another day than ISO's.
  func shortWeek(_ week: UInt32) -> String {
    String((texts.text(.week, week) ?? "").suffix(week < DayKeys.Entry.datedWeeks ? 3 : 5))
  }

  /// Every week of the period, worked or not; of a long one, those that were worked.
  private func heatWeeks(_ table: HoursTable) -> [UInt32] {
    var seen: Set<UInt32> = []
    let all = period.days.map { DayKeys.Entry($0, period.weekStart).week }.filter {
      seen.insert($0).inserted
    }
    guard all.count > 27 else { return all }
    let worked = Set((0..<table.count).map { table.key($0, 1) })
    return all.filter(worked.contains)
  }

  private func write(
    cell seconds: Int?, _ longest: Int, _ durations: DurationText, to buffer: inout OutputBuffer
  ) {
    guard let seconds else { return buffer.append("<td></td>") }
    let strength = 6 + seconds * 48 / longest
    buffer.append(
      text: "<td style=\"background:color-mix(in srgb,var(--accent) \(strength)%,transparent)\">"
        + "\(durations(seconds))</td>")
  }

  /// More of them are printed on pages of their own, across.
  private static let columnsOfPortrait = 9

  /// The table that was asked for.
  func writeMainTable(to output: inout StandardOutput) throws {
    let columns = pivot == nil ? 0 : PivotSheet(self).columns.count
    output.buffer.append(
      columns > Self.columnsOfPortrait ? "<section class=\"wide\">" : "<section>")
    output.buffer.append(
      "\n<h2>All hours</h2>\n<div class=\"scroll\">\n<table data-sortable>\n<thead><tr>")
    if pivot == nil {
      try writeRows(to: &output)
    } else {
      try writeSheet(to: &output)
    }
    output.buffer.append("</table>\n</div>\n</section>\n")
  }

  private func writeRows(to output: inout StandardOutput) throws {
    let durations = durations
    for key in main.keys { write(heading: key.title, isNumber: false, to: &output.buffer) }
    for title in numberTitles { write(heading: title, isNumber: true, to: &output.buffer) }
    output.buffer.append("</tr></thead>\n<tbody>\n")
    for row in 0..<main.count {
      output.buffer.append("<tr>")
      for place in main.keys.indices { write(key: text(row, place), place, to: &output.buffer) }
      write(main.sum(row), amount: amount(row), durations, to: &output.buffer)
      output.buffer.append("</tr>\n")
      try output.settle()
    }
    output.buffer.append(
      text: "</tbody>\n<tfoot><tr><th scope=\"row\" colspan=\"\(main.keys.count)\">Total</th>")
    write(main.total, amount: totalAmount, durations, to: &output.buffer)
    output.buffer.append("</tr></tfoot>\n")
  }

  private func writeSheet(to output: inout StandardOutput) throws {
    let sheet = PivotSheet(self)
    let durations = durations
    let width = main.keys.count - 1
    for key in main.keys.dropLast() {
      write(heading: key.title, isNumber: false, to: &output.buffer)
    }
    for column in sheet.columns {
      write(heading: shortColumnTitle(column), isNumber: true, to: &output.buffer)
    }
    write(heading: "Total", isNumber: true, to: &output.buffer)
    output.buffer.append("</tr></thead>\n<tbody>\n")
    for row in sheet.rows {
      output.buffer.append("<tr>")
      for place in 0..<width { write(key: text(row.first, place), place, to: &output.buffer) }
      for seconds in row.seconds { write(seconds: seconds, durations, to: &output.buffer) }
      write(seconds: row.total, durations, to: &output.buffer)
      output.buffer.append("</tr>\n")
      try output.settle()
    }
    output.buffer.append(
      text: "</tbody>\n<tfoot><tr><th scope=\"row\" colspan=\"\(width)\">Total</th>")
    for seconds in sheet.columnTotals { write(seconds: seconds, durations, to: &output.buffer) }
    write(seconds: main.total.shownSeconds, durations, to: &output.buffer)
    output.buffer.append("</tr></tfoot>\n")
  }

  private func write(heading: String, isNumber: Bool, to buffer: inout OutputBuffer) {
    buffer.append(isNumber ? "<th scope=\"col\" class=\"n\">" : "<th scope=\"col\">")
    buffer.append(html: heading)
    buffer.append("</th>")
  }

  private func write(key: String, _ place: Int, to buffer: inout OutputBuffer) {
    buffer.append(place == 0 ? "<th scope=\"row\">" : "<td>")
    buffer.append(html: key)
    buffer.append(place == 0 ? "</th>" : "</td>")
  }

  private func write(
    _ sum: HoursTable.Sum, amount: Int?, _ durations: DurationText, to buffer: inout OutputBuffer
  ) {
    write(seconds: sum.shownSeconds, durations, to: &buffer)
    if isRounded { write(seconds: sum.seconds, durations, to: &buffer) }
    buffer.append(text: "<td class=\"n\" data-v=\"\(sum.entries)\">\(sum.entries)</td>")
    guard hasAmounts else { return }
    buffer.append(
      text: "<td class=\"n\" data-v=\"\(amount ?? 0)\">\(amount.map(money) ?? "")</td>")
  }

  private func write(seconds: Int?, _ durations: DurationText, to buffer: inout OutputBuffer) {
    guard let seconds else { return buffer.append("<td class=\"n\" data-v=\"0\"></td>") }
    buffer.append(text: "<td class=\"n\" data-v=\"\(seconds)\">\(durations(seconds))</td>")
  }
}
