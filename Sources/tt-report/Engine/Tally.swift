/// Adds up entries by some keys: one table of a report.
struct Tally: Sendable {
  /// What of an entry its rows depend on.
  struct Subject: Sendable {
    var user: UInt32
    var organizer: UInt32
    var showAs: UInt32
    var labels: Int32
    /// Whether it has no length: then it counts once and adds nothing.
    var isEmpty: Bool
  }

  let keys: [ReportKey]
  private let grain: Grain
  private let isCutByHour: Bool
  private let split: HoursPlan.Split
  private let rounding: Rounding?
  private let roundsEntries: Bool
  private let dayKeys: DayKeys
  private let sharing: Sharing
  /// By number of keys: the rows last, in front of them what they add up to.
  private var levels: [GroupTable]
  private var key: [UInt32]
  private var touched: [Int] = []
  private var entryNumber: Int32 = 0

  /// - Parameter cut: how finely the report's entries come cut.
  init(_ keys: [ReportKey], plan: HoursPlan, dayKeys: DayKeys, cut: Grain) {
    self.keys = keys
    isCutByHour = cut == .hour
    grain = Grain(of: keys)
    split = plan.split
    rounding = plan.rounding
    roundsEntries = plan.rounding?.place == .entry
    sharing = Sharing(keys, split: plan.split)
    self.dayKeys = dayKeys
    levels = (0...keys.count).map(GroupTable.init)
    key = [UInt32](repeating: 0, count: keys.count)
  }

  /// Counts one entry, whose time is in pieces at least as fine as the keys need.
  @inline(__always)
  mutating func count(_ subject: Subject, _ labels: Labels, _ pieces: [Piece]) {
    entryNumber &+= 1
    if grain == .day, isCutByHour, pieces.count > 1 {
      for piece in daily(pieces) { countPiece(subject, labels, piece, seconds: piece.seconds) }
    } else if grain == .whole, pieces.count > 1 {
      countPiece(subject, labels, pieces[0], seconds: pieces.reduce(0) { $0 + $1.seconds })
    } else {
      for index in 0..<pieces.count {
        countPiece(subject, labels, pieces[index], seconds: pieces[index].seconds)
      }
    }
    if roundsEntries { roundEntry() }
  }

  /// Another table of the report needs hours; this one shares the time of whole days.
  private func daily(_ pieces: [Piece]) -> [Piece] {
    var result: [Piece] = []
    for piece in pieces {
      if let last = result.last, last.day == piece.day {
        result[result.count - 1].seconds += piece.seconds
      } else {
        result.append(piece)
      }
    }
    return result
  }

  @inline(__always)
  private mutating func countPiece(
    _ subject: Subject, _ labels: Labels, _ piece: Piece, seconds: Int
  ) {
    // Pieces of no length are there only for entries of no length.
    if sharing.isPlain(labels) {
      fill(
        subject, labels, piece, labels.projects.first?.name, labels.activities.first?.name,
        labels.categories.first?.name)
      record(seconds)
    } else {
      sharing.share(seconds, isEmpty: subject.isEmpty, labels) {
        project, activity, category, part in
        fill(subject, labels, piece, project, activity, category)
        record(part)
      }
    }
  }

  @inline(__always)
  private mutating func fill(
    _ subject: Subject, _ labels: Labels, _ piece: Piece, _ project: UInt32?, _ activity: UInt32?,
    _ category: UInt32?
  ) {
    for place in 0..<keys.count {
      switch keys[place] {
      case .user: key[place] = subject.user
      case .organizer: key[place] = subject.organizer
      case .showAs: key[place] = subject.showAs
      case .billable: key[place] = labels.billable
      case .rate: key[place] = labels.rate
      case .day: key[place] = dayKeys[piece.day].day
      case .week: key[place] = dayKeys[piece.day].week
      case .month: key[place] = dayKeys[piece.day].month
      case .quarter: key[place] = dayKeys[piece.day].quarter
      case .year: key[place] = dayKeys[piece.day].year
      case .weekday: key[place] = dayKeys[piece.day].weekday
      case .hour: key[place] = UInt32(truncatingIfNeeded: piece.hour)
      case .project: key[place] = project ?? noName
      case .activity: key[place] = activity ?? noName
      case .category: key[place] = category ?? noName
      }
    }
  }

  @inline(__always)
  private mutating func record(_ seconds: Int) {
    let level = keys.count
    let (index, isNew) = levels[level].row(key)
    if isNew { levels[level].rows[index].parent = Int32(parent(of: level)) }
    let isFirst = levels[level].rows[index].add(seconds, ofEntry: entryNumber)
    guard isFirst else { return }
    if roundsEntries { touched.append(index) }
    countInParents(of: index)
  }

  /// The row that a new row adds up to, made where it isn't there yet.
  private mutating func parent(of level: Int) -> Int {
    guard level > 0 else { return 0 }
    let (index, isNew) = levels[level - 1].row(key)
    if isNew { levels[level - 1].rows[index].parent = Int32(parent(of: level - 1)) }
    return index
  }

  /// The entry is counted once in each row that its row adds up to.
  @inline(__always)
  private mutating func countInParents(of index: Int) {
    var index = index
    var level = keys.count
    while level > 0 {
      index = Int(levels[level].rows[index].parent)
      level &-= 1
      guard levels[level].rows[index].isFirst(ofEntry: entryNumber) else { return }
    }
  }

  private mutating func roundEntry() {
    guard let rounding else { return }
    let level = keys.count
    for index in touched {
      levels[level].rows[index].roundedSeconds += rounding.rounded(
        levels[level].rows[index].pending)
    }
    touched.removeAll(keepingCapacity: true)
  }
}

extension Tally {
  /// The rows in order, each level's sums settled.
  consuming func finish(_ catalog: Catalog) -> HoursTable {
    if let rounding, rounding.place == .row {
      for index in levels[keys.count].rows.indices {
        let seconds = levels[keys.count].rows[index].seconds
        levels[keys.count].rows[index].roundedSeconds = rounding.rounded(seconds)
      }
    }
    for level in stride(from: keys.count, to: 0, by: -1) {
      for row in levels[level].rows {
        levels[level - 1].rows[Int(row.parent)].seconds += row.seconds
        levels[level - 1].rows[Int(row.parent)].roundedSeconds += row.roundedSeconds
      }
    }
    return HoursTable(keys: keys, levels: levels, rounding: rounding, catalog: catalog)
  }
}
