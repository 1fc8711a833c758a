internal import NDJSON

/// Bars a day or a week, stacked by project, drawn as SVG on a grid of whole numbers.
struct StackedChart {
  private let form: ReportForm
  private let colors: ProjectColors
  private let step: ReportKey
  /// The bars' keys, in order; days without hours among them.
  private let steps: [UInt32]
  /// For each bar, seconds by colour.
  private var stacks: [UInt32: [Int]] = [:]

  private static let width = 1000
  private static let height = 320
  private static let left = 56
  /// So that the label of the last bar isn't cut off.
  private static let right = 12
  private static let top = 12
  private static let bottom = 34

  init(_ form: ReportForm, _ tables: PageTables, _ colors: ProjectColors) {
    self.form = form
    self.colors = colors
    step = tables.step
    let days = form.period.days.map { DayKeys.Entry($0, form.period.weekStart) }
    var seen: Set<UInt32> = []
    let values = days.map { tables.step == .day ? $0.day : $0.week }
    steps = values.filter { seen.insert($0).inserted }
    let table = tables.stack(form.report)
    for row in 0..<table.count {
      let empty = [Int](repeating: 0, count: ProjectColors.count + 2)
      stacks[table.key(row, 0), default: empty][colors.place(table.key(row, 1))] +=
        table.sum(row).seconds
    }
  }

  func write(to buffer: inout OutputBuffer) {
    let top = stacks.values.map { $0.reduce(0, +) }.max() ?? 0
    let tick = Self.tick(for: top)
    let limit = max(tick, (top + tick - 1) / tick * tick)
    let word = step == .day ? "day" : "week"
    buffer.append(text: "<section>\n<h2>Hours by \(word)</h2>\n<figure>\n")
    buffer.append(
      text: "<svg viewBox=\"0 0 \(Self.width) \(Self.height)\" role=\"img\" "
        + "aria-label=\"Hours by \(word), stacked by project; the tables below have the numbers\">\n"
    )
    writeGrid(limit, tick, to: &buffer)
    for (place, key) in steps.enumerated() {
      writeBar(place, key, limit, to: &buffer)
    }
    buffer.append("</svg>\n")
    writeLegend(to: &buffer)
    buffer.append("</figure>\n</section>\n")
  }

  /// A whole number of hours that leaves five lines at most.
  private static func tick(for seconds: Int) -> Int {
    var unit = 3600
    while true {
      for factor in [1, 2, 5] where seconds <= unit * factor * 5 { return unit * factor }
      unit *= 10
    }
  }

  private var plotHeight: Int { Self.height - Self.top - Self.bottom }

  private func y(_ seconds: Int, _ limit: Int) -> Int {
    Self.top + plotHeight - (seconds * plotHeight * 2 + limit) / (limit * 2)
  }

  private func writeGrid(_ limit: Int, _ tick: Int, to buffer: inout OutputBuffer) {
    for seconds in stride(from: 0, through: limit, by: tick) {
      let y = y(seconds, limit)
      buffer.append(
        text:
          "<line class=\"grid\" x1=\"\(Self.left)\" x2=\"\(Self.width)\" y1=\"\(y)\" y2=\"\(y)\"/>"
          + "<text x=\"\(Self.left - 10)\" y=\"\(y + 4)\" text-anchor=\"end\">\(seconds / 3600)"
          + " h</text>\n")
    }
  }

  private func writeBar(
    _ place: Int, _ key: UInt32, _ limit: Int, to buffer: inout OutputBuffer
  ) {
    let room = Self.width - Self.left - Self.right
    let start = Self.left + room * place / steps.count
    let end = Self.left + room * (place + 1) / steps.count
    let gap = max(1, (end - start) / 6)
    let label = form.texts.text(step, key) ?? ""
    writeLabel(place, label, (start + end) / 2, to: &buffer)
    guard let stack = stacks[key] else { return }
    buffer.append("<g><title>")
    buffer.append(html: "\(label): \(form.durations(stack.reduce(0, +)))")
    buffer.append("</title>")
    var below = 0
    for (color, seconds) in stack.enumerated() where seconds > 0 {
      let low = y(below, limit)
      below += seconds
      let high = y(below, limit)
      guard low > high else { continue }
      buffer.append(
        text: "<rect class=\"s\(color)\" x=\"\(start + gap)\" y=\"\(high)\" "
          + "width=\"\(max(1, end - start - 2 * gap))\" height=\"\(low - high)\"/>")
    }
    buffer.append("</g>\n")
  }

  /// Days as numbers of the month, weeks as `W41`; not more of them than there is room for.
  private func writeLabel(
    _ place: Int, _ label: String, _ x: Int, to buffer: inout OutputBuffer
  ) {
    let every = (steps.count + 30) / 31
    guard place % every == 0 else { return }
    let text = step == .day ? String(label.suffix(2)) : form.shortWeek(steps[place])
    buffer.append(
      text: "<text x=\"\(x)\" y=\"\(Self.height - 10)\" text-anchor=\"middle\">\(text)</text>\n")
  }

  private func writeLegend(to buffer: inout OutputBuffer) {
    let names = colors.ranked.map(\.name)
    let own = names.filter { colors.place($0) < ProjectColors.count }
    var items = own.map { (colors.place($0), form.name($0)) }
    if names.contains(where: { colors.place($0) == ProjectColors.count }) {
      items.append((ProjectColors.count, "others"))
    }
    if names.contains(noName) { items.append((ProjectColors.count + 1, KeyText.none)) }
    buffer.append("<ul class=\"legend\">\n")
    for (color, name) in items {
      buffer.append(text: "<li><i class=\"s\(color)\"></i>")
      buffer.append(html: name)
      buffer.append("</li>\n")
    }
    buffer.append("</ul>\n")
  }
}
