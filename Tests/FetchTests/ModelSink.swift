import Foundation

/// Does with records what the contract says that a sink does, in memory: what it holds is what a database would.
struct ModelSink {
  struct Slot: Hashable {
    let user: String
    let calendar: String
    let window: String
  }

  enum Fault: Error { case countsDiffer(String), noRecord(String) }

  typealias Record = [String: Any]

  private(set) var members: [Slot: [String: Record]] = [:]
  private(set) var states: [Slot: Record] = [:]
  private(set) var errors: [Record] = []
  private var pending: [String: [Record]] = [:]

  /// All events that any slot holds, by person, calendar and id.
  var events: [String: Record] {
    var result: [String: Record] = [:]
    for (slot, events) in members {
      for (id, event) in events { result["\(slot.user) \(slot.calendar) \(id)"] = event }
    }
    return result
  }

  /// The records that the next run resumes from.
  var stateLines: String {
    states.values.compactMap { try? JSONSerialization.data(withJSONObject: $0) }
      .map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
  }

  /// Takes a stream; a last line that was cut is left out.
  ///
  /// Whether its end was there.
  @discardableResult
  mutating func take(_ stream: [UInt8]) throws -> Bool {
    var hasEnded = false
    pending = [:]
    let whole = stream.lastIndex(of: 0x0A).map { stream[...$0] } ?? []
    for line in whole.split(separator: 0x0A) {
      guard let record = try JSONSerialization.jsonObject(with: Data(line)) as? Record else {
        throw Fault.noRecord(String(decoding: line, as: UTF8.self))
      }
      if record["record"] as? String == "end" { hasEnded = true }
      try take(record)
    }
    return hasEnded
  }

  private mutating func take(_ record: Record) throws {
    let user = record["user"] as? String ?? ""
    let key = "\(user) \(record["calendar"] as? String ?? "")"
    switch record["record"] as? String {
    case "event", "series", "removed": pending[key, default: []].append(record)
    case "restart": pending[key] = nil
    case "round": try commit(record, pending.removeValue(forKey: key) ?? [])
    case "error":
      errors.append(record)
      pending = pending.filter { !$0.key.hasPrefix(user + " ") }
    default: break
    }
  }

  private mutating func commit(_ round: Record, _ records: [Record]) throws {
    for (kind, count) in round["counts"] as? [String: Int] ?? [:] {
      guard records.count(where: { $0["record"] as? String == kind }) == count else {
        throw Fault.countsDiffer("\(kind): \(count)")
      }
    }
    let window = round["window"] as? [String: String] ?? [:]
    let slot = Slot(
      user: round["user"] as? String ?? "", calendar: round["calendar"] as? String ?? "",
      window: "\(window["start"] ?? "")/\(window["end"] ?? "")")
    var events = round["mode"] as? String == "full" ? [:] : members[slot] ?? [:]
    apply(records, to: &events)
    members[slot] = events
    var state = round
    state["record"] = "state"
    states[slot] = round["deltaLink"] is String ? state : nil
  }

  private func apply(_ records: [Record], to events: inout [String: Record]) {
    var seen: Set<String> = []
    var series: Set<String> = []
    for record in records {
      let id = record["id"] as? String ?? ""
      switch record["record"] as? String {
      case "event":
        events[id] = record
        seen.insert(id)
      case "series": series.insert(id)
      default:
        events = events.filter { $0.key != id && $0.value["seriesMasterId"] as? String != id }
      }
    }
    // What a series didn't bring in this round it doesn't have any more.
    events = events.filter { id, event in
      seen.contains(id) || !series.contains(event["seriesMasterId"] as? String ?? "")
    }
  }
}
