import CivilTime
import Console
import NDJSON
import Records
import Schema

// MARK: - Rounds and endings

extension StreamLoader {
  func takeRound(_ round: RoundRecord) throws {
    try check(round)
    let pending = waiting.take(round.key)
    // Where lines were lost, even somebody who filters on purpose can't know what is missing.
    let isWhole = pending.counts == round.counts || options.filtered && !pending.isDamaged
    if !isWhole {
      ending.filteredRounds += 1
      ending.firstFiltered = ending.firstFiltered ?? round.mail ?? round.key.user
    }
    let tally = try loader.commit(
      RoundToLoad(
        pending, round, isWhole: isWhole, around: waiting.takePerson(round.key.user)))
    if let tally { plan.add(tally, round.key.user, round.mail) }
  }

  private func check(_ round: RoundRecord) throws(RecordFault) {
    try check(round.key)
    guard let start = Instant(round.window.start), let end = Instant(round.window.end),
      start <= end,
      round.window.start.utf8.count <= 40, round.window.end.utf8.count <= 40
    else { throw RecordFault("\"window\" does not go from a time to a time") }
    guard round.finishedAt.isEmpty || Instant(round.finishedAt) != nil,
      round.finishedAt.utf8.count <= 40
    else { throw RecordFault("\"finishedAt\" is not a time: \"\(round.finishedAt.prefix(60))\"") }
    if let mail = round.mail, mail.utf16.count > Limit.mail {
      throw RecordFault("\"mail\" is longer than the \(Limit.mail) characters it may have")
    }
  }

  /// How the load went, for the audit.
  var outcome: RunAudit.Outcome {
    if ending.isCut { return .cut }
    let isWhole = loader.audit.rejected + loader.audit.errors + ending.filteredRounds == 0
    return isWhole ? .done : .incomplete
  }

  func takeEnd() throws {
    try loadRest()
    ending.end()
  }

  /// Loads what waits without a round that says what it means: events only come in.
  func loadRest() throws {
    let latest = bareCalendars
    bareCalendars = [:]
    for key in waiting.keys {
      let pending = waiting.take(key)
      if !latest.isEmpty { pending.keep { latest[$0] == key } }
      guard !pending.isEmpty else { continue }
      if ending.isOpen {
        ending.filteredRounds += 1
        ending.firstFiltered = ending.firstFiltered ?? key.user
      }
      let tally = try loader.commit(
        RoundToLoad(pending, nil, isWhole: false, around: waiting.takePerson(key.user)))
      if let tally { plan.add(tally, key.user, nil) }
    }
    try loader.commit(waiting.takePeople())
  }

  /// Loads the rest of an input that is over, unless it was cut off.
  func finish(into output: inout OutputBuffer) throws {
    if ending.isCut { waiting.discardAll() } else { try loadRest() }
    try loader.finishRounds()
    try rejects.take()?.close()
    progress.clear()
    if options.isPlan { plan.write(to: &output) }
  }
}

// MARK: - Lines that can't be used

extension StreamLoader {
  func reject(_ line: RawSpan, _ number: Int, _ reason: String) throws {
    guard rejects != nil else { throw badLine(number, reason) }
    try rejects?.write(line, number, reason)
    noteRejected()
  }

  func noteRejected() {
    loader.noteRejected()
    waiting.noteRejected()
  }

  func badLine(_ number: Int, _ reason: String) -> Failure {
    let hint =
      reason.hasSuffix(EventReader.noTimes)
      ? "put tt-tz in the pipe: tt-fetch | tt-tz | tt-load"
      : "--rejects FILE puts such lines aside and goes on"
    return Failure(.badData, "line \(number): \(reason)", hint: hint)
  }
}
