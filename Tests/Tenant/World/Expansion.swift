/// What a calendar shows in a window of instants.
struct View: Sendable {
  let window: Range<Int>
  /// The zone whose midnights bound whole days.
  let zone: ZoneRules
  let zones: ZoneCatalogue

  /// The item's rows in the window, in order of date, without the master.
  func rows(of item: CalendarItem) -> [Row] {
    switch item.shape {
    case .single(let when):
      guard when.overlaps(window, zone) else { return [] }
      return [Row(item: item, kind: .single, when: when, content: item.content)]
    case .series(let series): return rows(of: series, item)
    }
  }

  private func rows(of series: Series, _ item: CalendarItem) -> [Row] {
    let rules = zones[series.zoneName] ?? ZoneCatalogue.utc
    // Two days more on either side, for zones; an exception may have been moved from anywhere.
    let near = window.lowerBound - series.length - 172_800..<window.upperBound + 172_800
    var result: [Row] = []
    let latest = series.exceptions.keys.max() ?? CivilDay(at: near.upperBound)
    for date in series.dates(through: max(CivilDay(at: near.upperBound), latest))
    where !series.deleted.contains(date) {
      let exception = series.exceptions[date]
      guard exception != nil || near.contains(date.midnight) else { continue }
      let slot = series.slot(on: date, rules)
      let when = exception?.when ?? slot
      guard when.overlaps(window, zone) else { continue }
      result.append(
        Row(
          item: item, kind: exception == nil ? .occurrence(date) : .exception(date), when: when,
          content: exception?.content ?? item.content, originalStart: slot))
    }
    return result
  }

  /// The series itself, with the dates of its first occurrence ever.
  func master(of item: CalendarItem) -> Row? {
    guard let series = item.series else { return nil }
    let rules = zones[series.zoneName] ?? ZoneCatalogue.utc
    var first = series.firstDay
    series.pattern.forEachDate(from: first) { date in
      first = date
      return false
    }
    return Row(
      item: item, kind: .master, when: series.slot(on: first, rules), content: item.content)
  }
}
