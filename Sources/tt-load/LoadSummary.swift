import Console

/// The closing words of a load, and the status that they come to.
struct LoadSummary {
  private let ending: StreamEnding
  private let audit: RunAudit
  private let rejectsPath: String?
  private let isPlan: Bool
  private let isFiltered: Bool

  init(_ handler: StreamLoader, _ loader: Loader, _ rejectsPath: String?) {
    ending = handler.ending
    audit = loader.audit
    self.rejectsPath = rejectsPath
    isPlan = handler.options.isPlan
    isFiltered = handler.options.filtered
  }

  /// Says how it went; throws when a script should know that not all is well.
  func tell(_ log: Log) throws {
    warn(log)
    log.info(closingLine)
    if ending.isCut { throw cut }
    guard audit.rejected == 0 else { throw rejected }
  }

  private var closingLine: String {
    let tally = audit.tally
    return "\(counted(audit.rounds, "round")): \(tally.new) new, \(tally.changed) changed,"
      + " \(tally.same) unchanged, \(tally.deleted) deleted, \(audit.rejected) rejected"
      + (audit.errors > 0 ? ", \(counted(audit.errors, "error record"))" : "")
      + (isPlan ? " (only planned)" : "")
  }

  private func warn(_ log: Log) {
    if let first = ending.firstFiltered {
      log.warning(
        ending.filteredRounds == 1
          ? "a round holds other records than were read, that of \(first): it is loaded, but nothing"
            + " is marked deleted and no checkpoint moves"
          : "\(ending.filteredRounds) rounds hold other records than were read, the first that of"
            + " \(first): they are loaded, but nothing is marked deleted and no checkpoint moves",
        hint: isFiltered ? nil : "if that is meant, --filtered takes them for whole")
    }
    let taken = audit.tally.taken
    if taken > 0 {
      log.warning(
        "\(counted(taken, "event id")) \(taken == 1 ? "was" : "were") another person's until now: an id"
          + " is one event, and the last one it came with has it",
        hint: "see whether one mailbox was read as that of two people")
    }
    let unfounded = audit.tally.unfounded
    if unfounded > 0 {
      log.warning(
        "\(counted(unfounded, "round")) brought changes alone, to what was never read in full here: other"
          + " events are missing",
        hint: "tt-load state | tt-fetch - reads that in full, given the same options")
    }
    if ending.rejectedBefore > 0 {
      log.warning(
        "\(counted(ending.rejectedBefore, "line")) of no use to a program before this one",
        hint: "--rejects FILE keeps them")
    }
    if ending.strangers > 0 {
      log.warning("\(counted(ending.strangers, "line")) passed over: no records of a stream")
    }
  }

  private var cut: Failure {
    let place = ending.cutLine.map { "line \($0): " } ?? ""
    return Failure(
      .temporary, "\(place)the stream was cut off before its end; finished rounds are kept",
      hint: "run it again")
  }

  private var rejected: Failure {
    Failure(
      .badData, "\(counted(audit.rejected, "line")) could not be used; see \(rejectsPath ?? "")",
      hint: "mend them, then: jq -r '.input // empty' \(rejectsPath ?? "") | tt-load")
  }
}

/// `1 round`, `2 rounds`.
func counted(_ count: Int, _ noun: String) -> String {
  "\(count) \(noun)\(count == 1 ? "" : "s")"
}
