/// A part of one entry that belongs to one day (and hour, where hours are asked for).
struct Piece: Equatable, Sendable {
  /// The hour of an all-day event that counts some hours a date: no hour on the clock.
  static let noHour = 24

  var day: Int
  var hour: Int
  var seconds: Int
}

/// Cuts time into pieces at the borders of days or hours.
struct Cutter: Sendable {
  let grain: Grain

  /// Appends the pieces of a stretch inside the period, which stands for `seconds` in all.
  ///
  /// A stretch that stands for other seconds than it lasts has no border inside: `Overlap` ends them there.
  @inline(__always)
  func cut(
    _ stretch: Range<Int>, for seconds: Int, in zone: ZoneDays, into pieces: inout [Piece]
  ) {
    guard grain != .whole else { return add(Piece(day: 0, hour: 0, seconds: seconds), to: &pieces) }
    if grain == .day {
      let day = zone.day(of: stretch.lowerBound)
      if stretch.upperBound <= zone.start(ofDay: day &+ 1) {
        return add(Piece(day: day, hour: 0, seconds: seconds), to: &pieces)
      }
    }
    cutFurther(stretch, for: seconds, in: zone, into: &pieces)
  }

  private func cutFurther(
    _ stretch: Range<Int>, for seconds: Int, in zone: ZoneDays, into pieces: inout [Piece]
  ) {
    var place = stretch.lowerBound
    repeat {
      let cell = cell(at: place, in: zone)
      let end = min(stretch.upperBound, cell.end)
      let isWhole = place == stretch.lowerBound && end == stretch.upperBound
      let length = isWhole ? seconds : end - place
      add(Piece(day: cell.day, hour: cell.hour, seconds: length), to: &pieces)
      place = end
    } while place < stretch.upperBound
  }

  /// The day and hour in which an instant of the period lies, and where that ends.
  func cell(at place: Int, in zone: ZoneDays) -> (day: Int, hour: Int, end: Int) {
    guard grain != .whole else { return (0, 0, Int.max) }
    let day = zone.day(of: place)
    let dayEnd = zone.start(ofDay: day + 1)
    guard grain == .hour else { return (day, 0, dayEnd) }
    let (hour, until) = zone.hour(of: place)
    return (day, hour, min(dayEnd, until))
  }

  /// Pieces of the same day and hour become one, so that their time is shared once.
  @inline(__always)
  private func add(_ piece: Piece, to pieces: inout [Piece]) {
    var index = pieces.count &- 1
    while index >= 0, pieces[index].day == piece.day {
      if pieces[index].hour == piece.hour {
        pieces[index].seconds &+= piece.seconds
        return
      }
      index &-= 1
    }
    pieces.append(piece)
  }
}
