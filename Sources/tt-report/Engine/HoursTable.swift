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
  func sorted(_ table: GroupTable) -> [Int] {
    let width = table.width
    var keys: [UInt32] = []
    keys.reserveCapacity(table.keys.count)
    for row in table.rows.indices {
      for place in 0..<width { keys.append(rank(table.keys[row &* width &+ place], place)) }
    }
    return packed(keys, table) ?? compared(keys, table)
  }

  /// By one number a row, made of its keys and its place, where 64 bits hold them.
  private func packed(_ keys: [UInt32], _ table: GroupTable) -> [Int]? {
    let width = table.width
    guard width > 0 else { return nil }
    // "None" is the highest number there is: one more than the others does as well.
    var limits = [UInt32](repeating: 0, count: width)
    for row in table.rows.indices {
      for place in 0..<width where keys[row &* width &+ place] != noName {
        limits[place] = max(limits[place], keys[row &* width &+ place])
      }
    }
    let bits = limits.map { UInt64($0) + 2 }.map { 64 - $0.leadingZeroBitCount }
    let rowBits = 64 - UInt64(table.rows.count).leadingZeroBitCount
    guard bits.reduce(rowBits, +) <= 64 else { return nil }
    var packed = [UInt64](repeating: 0, count: table.rows.count)
    for row in table.rows.indices {
      var number: UInt64 = 0
      for place in 0..<width {
        let key = keys[row * width + place]
        number = number << UInt64(bits[place]) | UInt64(key == noName ? limits[place] + 1 : key)
      }
      packed[row] = number << UInt64(rowBits) | UInt64(row)
    }
    packed.sort()
    return packed.map { Int($0 & (1 << UInt64(rowBits) - 1)) }
  }

  private func compared(_ keys: [UInt32], _ table: GroupTable) -> [Int] {
    let width = table.width
    return table.rows.indices.sorted { left, right in
      for place in 0..<width {
        let first = keys[left * width + place]
        let second = keys[right * width + place]
        if first != second { return first < second }
      }
      return false
    }
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
