import Foundation
import Records

/// An event as the model knows it.
struct ModelEvent: Equatable {
  var id: String
  var master: String?
  var subject: String
  var start: String
  var end: String
  var categories: [String]
}

/// A record of a generated stream: what the model reads, and the line that tt-load reads.
enum ModelRecord {
  case stream, end
  case event(CalendarKey, ModelEvent)
  case removed(CalendarKey, String)
  case series(CalendarKey, String)
  case round(RoundRecord)
  case error(CalendarKey)
  case restart(CalendarKey)

  var line: String {
    let object: [String: Any] =
      switch self {
      case .stream: ["record": "stream", "version": 1, "run": "r"]
      case .end: ["record": "end", "run": "r"]
      case .event(let key, let event): Self.object(key, event)
      case .removed(let key, let id):
        ["record": "removed", "user": key.user, "calendar": key.calendar, "id": id]
      case .series(let key, let id):
        ["record": "series", "user": key.user, "calendar": key.calendar, "id": id]
      case .error(let key):
        [
          "record": "error", "user": key.user, "calendar": key.calendar, "class": "transient",
          "code": "x", "message": "y",
        ]
      case .restart(let key): ["record": "restart", "user": key.user, "calendar": key.calendar]
      case .round(let round): Self.object(round)
      }
    let data = try? JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private static func object(_ key: CalendarKey, _ event: ModelEvent) -> [String: Any] {
    [
      "record": "event", "user": key.user, "calendar": key.calendar, "id": event.id,
      "mail": "\(key.user)@example.com", "subject": event.subject,
      "seriesMasterId": event.master ?? NSNull(), "categories": event.categories,
      "startUtc": event.start, "endUtc": event.end, "minutes": 30,
    ]
  }

  private static func object(_ round: RoundRecord) -> [String: Any] {
    [
      "record": "round", "user": round.key.user, "calendar": round.key.calendar,
      "mail": "\(round.key.user)@example.com", "mode": round.mode.rawValue,
      "window": ["start": round.window.start, "end": round.window.end],
      "counts": [
        "event": round.counts.event, "series": round.counts.series,
        "removed": round.counts.removed,
      ],
      "deltaLink": round.deltaLink ?? NSNull(), "startedAt": round.startedAt,
      "finishedAt": round.finishedAt,
    ]
  }
}
