import Console

/// How far a run is, for somebody who watches.
struct Progress: Equatable {
  var done: Int
  /// People found so far; more may come.
  var total: Int
  var isTotalKnown: Bool
  var events: Int
  var seconds: Double

  var text: String {
    if total == 0 { return "tt-fetch: looking for people" }
    var parts = ["\(done) of \(total)\(isTotalKnown ? "" : "+") mailboxes"]
    if seconds >= 1 { parts.append("\(Int(Double(events) / seconds)) events/s") }
    if isTotalKnown, done > 0, done < total {
      parts.append("\(Self.duration(seconds / Double(done) * Double(total - done))) left")
    }
    return "tt-fetch: " + parts.joined(separator: ", ")
  }

  private static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded(.up))
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }
}
