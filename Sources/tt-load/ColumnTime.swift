import CivilTime
import Console

/// RFC 3339 text in UTC as time columns hold it, `2026-03-29 07:00:00`: it compares as text, and every engine
/// reads it.
func columnTime(_ text: String) -> String {
  guard let instant = Instant(text) else { return text }
  return columnTime(instant)
}

func columnTime(_ instant: Instant) -> String {
  TimeText(instant).description.replacingT
}

/// The present moment to the millisecond.
func presentColumnTime() -> String {
  let seconds = SystemClock.unixSeconds
  let whole = seconds.rounded(.down)
  let milliseconds = Int(((seconds - whole) * 1000).rounded(.down))
  return columnTime(Instant(seconds: Int(whole))) + ".\(1000 + milliseconds)".replacingOne
}

/// RFC 3339 text from what a time column holds.
func streamTime(_ columnText: String) -> String {
  var text = columnText
  if let space = text.firstIndex(of: " ") { text.replaceSubrange(space...space, with: "T") }
  return text + "Z"
}

extension String {
  /// `2026-03-29 07:00:00` from `2026-03-29T07:00:00Z`.
  fileprivate var replacingT: String {
    String(map { $0 == "T" ? " " : $0 }.filter { $0 != "Z" })
  }

  /// `.007` from `.1007`.
  fileprivate var replacingOne: String { "." + dropFirst(2) }
}
