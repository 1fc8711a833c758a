internal import Console
internal import NDJSON

/// A table for people: columns aligned by what a terminal shows, at most as wide as the terminal is.
struct TextTable: Sendable {
  enum Alignment: Sendable { case left, right }

  struct Column: Sendable {
    var title: String
    var alignment = Alignment.left
    /// A bar's column has no text: its cells say how much of the column is filled.
    var isBar = false
  }

  enum Line: Sendable {
    case cells([String], bar: Double?)
    case strong([String])
    case rule
  }

  var columns: [Column]
  var lines: [Line] = []
  /// Columns of the terminal; nil where nobody looks at one.
  var width: Int?
  var colors = false

  private static let gap = 2
  private static let narrowest = 8

  init(_ columns: [Column], width: Int? = nil, colors: Bool = false) {
    self.columns = columns
    self.width = width
    self.colors = colors
  }

  func write(to output: inout StandardOutput) throws {
    let widths = widths()
    write(columns.map { $0.isBar ? "" : $0.title }, widths, style: .heading, to: &output.buffer)
    for line in lines {
      switch line {
      case .cells(let cells, let bar):
        write(cells, widths, style: .plain, bar: bar, to: &output.buffer)
      case .strong(let cells): write(cells, widths, style: .strong, to: &output.buffer)
      case .rule: writeRule(widths, to: &output.buffer)
      }
      try output.settle()
    }
  }
}

extension TextTable {
  private enum Style { case plain, heading, strong }

  private func write(
    _ cells: [String], _ widths: [Int], style: Style, bar: Double? = nil,
    to buffer: inout OutputBuffer
  ) {
    var text = ""
    for (place, column) in columns.enumerated() {
      if place > 0 { text += String(repeating: " ", count: Self.gap) }
      if column.isBar {
        if let bar { text += Self.bar(bar, widths[place], colors) }
        continue
      }
      let cell = fitted(place < cells.count ? cells[place] : "", to: widths[place])
      let padding = String(repeating: " ", count: widths[place] - displayWidth(cell))
      text += column.alignment == .left ? cell + padding : padding + cell
    }
    while text.last == " " { text.removeLast() }
    buffer.append(text: styled(text, style) + "\n")
  }

  private func styled(_ text: String, _ style: Style) -> String {
    guard colors, !text.isEmpty else { return text }
    switch style {
    case .plain: return text
    case .heading: return "\u{1B}[2m\(text)\u{1B}[0m"
    case .strong: return "\u{1B}[1m\(text)\u{1B}[0m"
    }
  }

  private func writeRule(_ widths: [Int], to buffer: inout OutputBuffer) {
    let shown = zip(columns, widths).filter { !$0.0.isBar }.map { $0.1 }
    let length = shown.reduce(0, +) + Self.gap * max(0, shown.count - 1)
    buffer.append(text: styled(String(repeating: "─", count: length), .heading) + "\n")
  }

  /// Eighths of a column tell lengths apart that whole ones wouldn't.
  private static func bar(_ share: Double, _ width: Int, _ colors: Bool) -> String {
    let eighths = Int((share * Double(width * 8)).rounded())
    guard share > 0 else { return "" }
    let filled = max(eighths, 1)
    var text = String(repeating: "█", count: filled / 8)
    if filled % 8 > 0 { text.append(Array("▏▎▍▌▋▊▉")[filled % 8 - 1]) }
    return colors ? "\u{1B}[36m\(text)\u{1B}[0m" : text
  }
}

extension TextTable {
  private static let barWidth = 24

  /// Each column as wide as its widest cell; when that is too much, the widest texts give way first.
  private func widths() -> [Int] {
    var widths = naturalWidths()
    let barPlace = columns.firstIndex(where: \.isBar)
    guard let width else {
      if let barPlace { widths[barPlace] = Self.barWidth }
      return widths
    }
    let gaps = Self.gap * (columns.count - 1)
    while widths.reduce(gaps, +) > width, let place = shrinkable(widths) { widths[place] -= 1 }
    if let barPlace {
      widths[barPlace] = max(0, min(Self.barWidth, width - widths.reduce(gaps, +)))
    }
    return widths
  }

  private func naturalWidths() -> [Int] {
    var widths = columns.map { $0.isBar ? 0 : displayWidth($0.title) }
    for line in lines {
      guard let cells = line.texts else { continue }
      for (place, cell) in cells.prefix(columns.count).enumerated() where !columns[place].isBar {
        widths[place] = max(widths[place], displayWidth(cell))
      }
    }
    return widths
  }

  private func shrinkable(_ widths: [Int]) -> Int? {
    let texts = columns.indices.filter {
      columns[$0].alignment == .left && !columns[$0].isBar && widths[$0] > Self.narrowest
    }
    return texts.max { widths[$0] < widths[$1] }
  }
}

extension TextTable {
  /// The table as several that fit the screen one below the other, each with the first columns.
  func parts(repeating first: Int) -> [TextTable] {
    guard let width else { return [self] }
    let widths = naturalWidths()
    let room = max(width / 2, width - widths[..<first].reduce(Self.gap * (first - 1), +))
    var parts: [Range<Int>] = []
    var start = first
    var used = 0
    for place in first..<columns.count {
      if place > start, used + Self.gap + widths[place] > room {
        parts.append(start..<place)
        start = place
        used = 0
      }
      used += Self.gap + widths[place]
    }
    parts.append(start..<columns.count)
    return parts.count == 1 ? [self] : parts.map { part(Array(0..<first) + Array($0)) }
  }

  private func part(_ places: [Int]) -> TextTable {
    var part = self
    part.columns = places.map { columns[$0] }
    part.lines = lines.map { line in
      switch line {
      case .cells(let cells, let bar): .cells(places.map { cells[$0] }, bar: bar)
      case .strong(let cells): .strong(places.map { cells[$0] })
      case .rule: .rule
      }
    }
    return part
  }
}

extension TextTable.Line {
  fileprivate var texts: [String]? {
    switch self {
    case .cells(let cells, _), .strong(let cells): cells
    case .rule: nil
    }
  }
}
