/// A finished table: rows in the order of their keys, and what they add up to.
struct HoursTable: Sendable {
  struct Sum: Equatable, Sendable {
    var entries = 0
    var seconds = 0
    /// Nil where nothing was rounded at this place.
    var roundedSeconds: Int?

    /// What a person is shown: the rounded time where there is one.
    var shownSeconds: Int { roundedSeconds ?? seconds }
  }

  let keys: [ReportKey]
  /// The place of each row in its table, in order.
  private let order: [Int]
  private let levels: [GroupTable]
  private let rounding: Rounding?

  init(keys: [ReportKey], levels: [GroupTable], rounding: Rounding?, catalog: Catalog) {
    self.keys = keys
    self.levels = levels
    self.rounding = rounding
    order = KeyOrder(keys, catalog).sorted(levels[keys.count])
  }

  var count: Int { order.count }

  func key(_ row: Int, _ place: Int) -> UInt32 {
    levels[keys.count].keys[order[row] * keys.count + place]
  }

  func sum(_ row: Int) -> Sum {
    sum(levels[keys.count].rows[order[row]], isTotal: false)
  }

  /// The sum of all rows that agree with this one in their first `width` keys.
  func subtotal(_ row: Int, width: Int) -> Sum {
    sum(levels[width].rows[ancestor(row, width)], isTotal: width == 0)
  }

  /// The number of a group of rows that agree in their first `width` keys.
  func group(_ row: Int, width: Int) -> Int { ancestor(row, width) }

  var total: Sum {
    guard let row = levels[0].rows.first else {
      return Sum(roundedSeconds: rounding == nil ? nil : 0)
    }
    return sum(row, isTotal: true)
  }

  private func ancestor(_ row: Int, _ width: Int) -> Int {
    var index = order[row]
    var level = keys.count
    while level > width {
      index = Int(levels[level].rows[index].parent)
      level -= 1
    }
    return index
  }

  private func sum(_ row: GroupTable.Row, isTotal: Bool) -> Sum {
    var sum = Sum(entries: Int(row.entries), seconds: row.seconds)
    if let rounding {
      switch rounding.place {
      case .entry, .row: sum.roundedSeconds = row.roundedSeconds
      case .total: sum.roundedSeconds = isTotal ? rounding.rounded(row.seconds) : nil
      }
    }
    return sum
  }
}

/// Orders rows by their keys: names by code points, times by time, "none" last.
struct KeyOrder {
  private let ranks: [[UInt32]?]

  init(_ keys: [ReportKey], _ catalog: Catalog) {
    ranks = keys.map { catalog.names(of: $0)?.ranks() }
  }

  /// The rows of a table in order.
  ///
  /// Rows are dealt out by one digit of their keys after the other, the last first; among equals they keep their order.
  func sorted(_ table: GroupTable) -> [Int] {
    var order = Array(table.rows.indices)
    for place in (0..<table.width).reversed() {
      let keys = table.rows.indices.map { rank(table.keys[$0 &* table.width &+ place], place) }
      for digit in 0..<Self.digits { order = dealt(order, by: keys, digit) }
    }
    return order
  }

  private static let digits: UInt32 = 3
  private static let digitBits: UInt32 = 11

  private func dealt(_ rows: [Int], by keys: [UInt32], _ digit: UInt32) -> [Int] {
    let shift = digit &* Self.digitBits
    let mask: UInt32 = 1 &<< Self.digitBits &- 1
    var places = [Int](repeating: 0, count: Int(mask) + 2)
    for key in keys { places[Int(key &>> shift & mask) &+ 1] &+= 1 }
    guard !places.contains(rows.count) else { return rows }
    for value in 1..<places.count { places[value] &+= places[value &- 1] }
    var dealt = rows
    for row in rows {
      let value = Int(keys[row] &>> shift & mask)
      dealt[places[value]] = row
      places[value] &+= 1
    }
    return dealt
  }

  private func rank(_ value: UInt32, _ place: Int) -> UInt32 {
    guard let ranks = ranks[place], value != noName else { return value }
    return ranks[Int(value)]
  }
}

extension Catalog {
  /// The texts of a key whose values are names; nil for times.
  func names(of key: ReportKey) -> NameTable? {
    switch key {
    case .user: users
    case .project: projects
    case .activity: activities
    case .category: categories
    case .organizer: organizers
    case .showAs: showAs
    default: nil
    }
  }
}
