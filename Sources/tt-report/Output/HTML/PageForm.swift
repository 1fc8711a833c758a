internal import Console
internal import NDJSON

extension ReportForm {
  /// So many projects have a line of their own in the figure.
  private static let shareLimit = 20

  /// Figures give an impression, to the minute; the tables have the seconds.
  var roughDurations: DurationText { DurationText(unit) }

  /// The report as one page that needs nothing else: figures, tables, ledger.
  func writeHTML(to output: inout StandardOutput) throws {
    let tables = PageTables(period)
    let colors = ProjectColors(tables.shares(report))
    let days = "\(period.firstText) to \(period.lastText)"
    PageFrame.open("Hours \(period.title)", days == period.title ? nil : days, &output.buffer)
    writeTiles(colors, to: &output.buffer)
    if main.total.seconds > 0 {
      StackedChart(self, tables, colors).write(to: &output.buffer)
      try output.settle()
      writeShares(colors, to: &output.buffer)
      try writeHeat(tables, to: &output)
    }
    try writeMainTable(to: &output)
    writeLedger(to: &output.buffer)
    PageFrame.close(&output.buffer)
  }

  private func writeTiles(_ colors: ProjectColors, to buffer: inout OutputBuffer) {
    let heat = PageTables(period).heat(report)
    let people = Set((0..<heat.count).map { heat.key($0, 0) }).count
    let projects = colors.ranked.filter { $0.name != noName }.count
    let durations = roughDurations
    var tiles = [(isRounded ? "Hours, rounded" : "Hours", durations(main.total.shownSeconds))]
    if isRounded { tiles.append(("Hours, exact", durations(main.total.seconds))) }
    if workedDiffers { tiles.append(("Worked", durations(report.workedSeconds))) }
    tiles += [("People", "\(people)"), ("Projects", "\(projects)")]
    tiles.append(("Entries", "\(report.ledger.shown.entries)"))
    buffer.append("<dl class=\"tiles\">\n")
    for (name, value) in tiles {
      buffer.append(text: "<div><dt>\(name)</dt><dd>\(value)</dd></div>\n")
    }
    buffer.append("</dl>\n")
  }

  private func writeShares(_ colors: ProjectColors, to buffer: inout OutputBuffer) {
    let total = max(1, colors.ranked.reduce(0) { $0 + $1.seconds })
    let longest = max(1, colors.ranked.prefix(Self.shareLimit).map(\.seconds).max() ?? 1)
    let durations = durations
    buffer.append(
      """
      <section>
      <h2>Share by project</h2>
      <table class="share">
      <thead><tr><th scope="col">Project</th><th scope="col" class="n">Hours</th>\
      <th scope="col" class="n">Share</th><td></td></tr></thead>
      <tbody>

      """)
    for project in colors.ranked.prefix(Self.shareLimit) {
      buffer.append("<tr><th scope=\"row\">")
      buffer.append(html: name(project.name))
      buffer.append(text: "</th><td class=\"n\">\(durations(project.seconds))</td>")
      buffer.append(
        text: "<td class=\"n\">\(decimal(project.seconds * 100, per: total, places: 1, atLeast: 1))"
          + " %</td>")
      let width = decimal(project.seconds * 100, per: longest, places: 2)
      buffer.append(
        text: "<td class=\"w\"><span class=\"bar s\(colors.place(project.name))\" "
          + "style=\"width:\(width)%\"></span></td></tr>\n")
    }
    buffer.append("</tbody>\n</table>\n")
    if colors.ranked.count > Self.shareLimit {
      let rest = colors.ranked.dropFirst(Self.shareLimit)
      let seconds = rest.reduce(0) { $0 + $1.seconds }
      buffer.append(
        text: "<p class=\"soft\">\(rest.count) more with \(durations(seconds)) together.</p>\n")
    }
    buffer.append("</section>\n")
  }

  func name(_ project: UInt32) -> String { texts.text(.project, project) ?? KeyText.none }

  private func writeLedger(to buffer: inout OutputBuffer) {
    let ledger = report.ledger
    let durations = durations
    buffer.append("<section>\n<h2>What is counted</h2>\n")
    if report.plan.split == .full {
      buffer.append("<p>Time of several projects or activities counts in full for each.</p>\n")
    } else if workedDiffers {
      buffer.append(
        text: "<p>Counted are \(durations(main.total.seconds)), worked were "
          + "\(durations(report.workedSeconds)): some time is double-booked.</p>\n")
    }
    let period = count(ledger.period.entries, "entry", "entries")
    buffer.append(
      text: "<p>\(ledger.shown.entries) of \(period) in the period"
        + (ledger.leftOut.isEmpty ? ".</p>\n" : ". Left out are:</p>\n<ul class=\"ledger\">\n"))
    for line in ledger.leftOut {
      buffer.append("<li>")
      buffer.append(html: "\(line.amount.entries) \(line.title): ")
      buffer.append(text: "\(durations(line.amount.seconds))</li>\n")
    }
    buffer.append(ledger.leftOut.isEmpty ? "</section>\n" : "</ul>\n</section>\n")
  }
}
