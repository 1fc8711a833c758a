import Console
import CurlTransport
import HTTP
import Records

/// What comes of requests and waits, and how jobs end.
extension FetchRun {
  var secondsToNextTimer: Double {
    guard let next = timers.values.min() else { return 60 }
    return max(0, next - SystemClock.steadySeconds)
  }

  mutating func handleCompletions() throws {
    while let completion = engine.nextCompletion() {
      let lane = Lane(number: completion.id)
      let seconds = inFlight[lane].map { SystemClock.steadySeconds - $0.startedAt } ?? 0
      let event: Event
      switch completion.result {
      case .success(var response):
        noteAnswer(lane, "\(response.status), \(response.body.count) bytes", seconds)
        if !response.isSuccess, let token = inFlight[lane]?.token { response.redact(token) }
        event = .answer(response)
      case .failure(let error):
        noteAnswer(lane, "\(error)", seconds)
        event = .failure(error)
      }
      guard lane.isMain || takeAhead(event, lane) else { continue }
      try advance(lane.job, event, tookSeconds: seconds)
    }
  }

  private func noteAnswer(
    _ lane: Lane, _ outcome: @autoclosure () -> String, _ seconds: Double
  ) {
    // Links hold long tokens: the path tells what was asked for.
    setup.log.debug(
      "#\(lane.job) \(inFlight[lane]?.url.prefix { $0 != "?" } ?? ""): \(outcome())"
        + " after \(Self.rounded(seconds)) s")
  }

  static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }

  mutating func handleTimers() throws {
    let now = SystemClock.steadySeconds
    for (id, time) in timers where time <= now {
      timers[id] = nil
      try advance(id, .resumed)
    }
  }

  mutating func take(_ reader: inout PeopleReader) {
    people.add(reader.takeFound())
    for missing in reader.takeMissing() {
      let fault = missing.fault
      ErrorRecord(
        tool: "tt-fetch", user: nil, mail: missing.name, code: fault.code,
        message: fault.message, class: fault.class, httpStatus: fault.status,
        requestId: fault.requestId
      ).write(to: &bench.output.buffer)
      tally.add(unknown: missing.name, fault)
    }
  }

  mutating func end(_ reader: PeopleReader) throws {
    guard let fault = reader.fault else { return }
    guard people.total > 0 else { throw directoryFailure(fault) }
    // Who was found is read all the same.
    directoryFault = fault
  }

  func directoryFailure(_ fault: GraphFault) -> Failure {
    if case .group = setup.choice { return fault.directoryFailure(ofGroup: true) }
    return fault.directoryFailure(ofGroup: false)
  }

  mutating func end(_ batch: SettingsBatch) {
    batchesUnderWay -= 1
    if batch.isRefused { batchesAreRefused = true }
    ready += zip(batch.people, batch.answers).map { reader($0, $1) }
  }

  mutating func end(_ reader: MailboxReader) throws {
    mailboxesUnderWay -= 1
    tally.add(reader)
    guard tally.isHopeless(tokens.roles.contains { $0.hasPrefix("Calendars.") }) else { return }
    try tally.end()
  }
}
