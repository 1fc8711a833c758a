/// The tables behind a page's figures, besides the one that was asked for.
struct PageTables: Sendable {
  /// A period longer than this is drawn by week.
  private static let longestByDay = 45

  /// `day` or `week`: what the bars of the chart stand for.
  let step: ReportKey

  init(_ period: Period) {
    step = period.days.count <= Self.longestByDay ? .day : .week
  }

  var keys: [[ReportKey]] { [[step, .project], [.project], [.user, .week]] }

  func stack(_ report: HoursReport) -> HoursTable { report.tables[1] }
  func shares(_ report: HoursReport) -> HoursTable { report.tables[2] }
  func heat(_ report: HoursReport) -> HoursTable { report.tables[3] }
}

/// Which projects have a colour of their own: the biggest; the others share one.
struct ProjectColors: Sendable {
  static let count = 7

  /// Projects by size, biggest first; equal ones by name.
  let ranked: [(name: UInt32, seconds: Int)]
  private let placeOfName: [UInt32: Int]

  init(_ shares: HoursTable) {
    let rows = (0..<shares.count).map { (name: shares.key($0, 0), seconds: shares.sum($0).seconds) }
    ranked = rows.enumerated().sorted {
      // No project comes last, however much it is.
      let left = $0.element.name == noName ? 1 : 0
      let right = $1.element.name == noName ? 1 : 0
      return (left, $1.element.seconds, $0.offset) < (right, $0.element.seconds, $1.offset)
    }.map(\.element)
    let named = ranked.filter { $0.name != noName }.prefix(Self.count)
    placeOfName = Dictionary(uniqueKeysWithValues: named.enumerated().map { ($1.name, $0) })
  }

  /// 0 to `count - 1`, or `count` for all others; one more for no project.
  func place(_ name: UInt32) -> Int {
    name == noName ? Self.count + 1 : placeOfName[name] ?? Self.count
  }
}
