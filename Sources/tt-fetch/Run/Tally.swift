import Console
import Records

/// What came of the mailboxes, and what that means for the exit status.
struct Tally {
  struct Failed {
    let mail: String
    let fault: GraphFault
  }

  var counts = EndRecord.Counts()
  private(set) var failed: [Failed] = []
  private var notes: [String: Int] = [:]
  private var successes = 0
  private var denied = 0
  /// Who was asked for by a name that nobody has.
  private var unknown: [String] = []

  /// Denials without a single success after which it's plain that consent is missing.
  ///
  /// Where Exchange lets the app into some mailboxes only, these may come late.
  private static let hopeless = 500
  mutating func add(_ reader: MailboxReader) {
    counts.users += 1
    counts.rounds += reader.roundCount
    counts.events += reader.eventCount
    // Of a mailbox that can't be read at all the table says enough.
    if ![.denied, .noMailbox].contains(reader.fault?.class) {
      for note in Set(reader.notes) { notes[note, default: 0] += 1 }
    }
    let mail = reader.person.address ?? reader.person.id
    for fault in reader.calendarFaults { add(fault, mail: mail) }
    if let fault = reader.fault {
      add(fault, mail: mail)
    } else {
      successes += 1
    }
  }

  mutating func add(_ fault: GraphFault, mail: String) {
    counts.errors += 1
    if fault.class == .denied { denied += 1 }
    failed.append(Failed(mail: mail, fault: fault))
  }

  mutating func add(unknown name: String, _ fault: GraphFault) {
    unknown.append(name)
    add(fault, mail: name)
  }

  /// Whether going on is of no use, since nobody may be read.
  ///
  /// - Parameter hasConsent: the token shows a right to calendars: then it is a policy that denies some of them.
  func isHopeless(_ hasConsent: @autoclosure () -> Bool = false) -> Bool {
    denied >= Self.hopeless && isAllDenied && !hasConsent()
  }

  /// Nobody could be read, and rights are the reason.
  private var isAllDenied: Bool {
    successes == 0 && failed.contains { [.denied, .auth].contains($0.fault.class) }
      && failed.allSatisfy { [.denied, .auth, .noMailbox].contains($0.fault.class) }
  }

  func end() throws {
    guard !failed.isEmpty else { return }
    if isAllDenied {
      throw Failure(
        .notAllowed, "no mailbox may be read",
        hint: "grant the application permission Calendars.Read with admin consent, or check the"
          + " policy that limits the app; tt-auth doctor tells more")
    }
    let curable = failed.filter { [.throttled, .transient, .data, .auth].contains($0.fault.class) }
    if !curable.isEmpty {
      throw Failure(
        .temporary, "\(curable.count) of \(counts.users) mailboxes could not be read whole",
        hint: "run again: what was read stays, and the rest is read then")
    }
    if !unknown.isEmpty {
      throw Failure(
        .missingInput, "nobody is called \(unknown.joined(separator: ", "))",
        hint: "--user takes object ids, user principal names and mail addresses")
    }
    if failed.contains(where: { $0.fault.class == .config }) {
      throw Failure(
        .software, "the service refused requests as wrong",
        hint: "this is a fault of the program, or an unusual service; please report the codes above"
      )
    }
  }

  /// What a dry run found out.
  func reportPlan(_ log: Log) {
    // Twenty settings or lists of categories fit one request; each round needs one at least.
    let batches = (counts.users + SettingsBatch.mailboxLimit - 1) / SettingsBatch.mailboxLimit
    log.info(
      "would read \(counts.users) mailboxes in \(counts.rounds) rounds, with"
        + " \(batches + counts.rounds) requests or more")
  }

  func report(_ log: Log) {
    for (note, count) in notes.sorted(by: { $0.key < $1.key }) {
      log.warning("\(note) (\(count) \(count == 1 ? "mailbox" : "mailboxes"))")
    }
    guard !failed.isEmpty else { return }
    log.info("mailboxes left out:")
    let width = min(40, failed.map(\.mail.count).max() ?? 0)
    for entry in failed.prefix(50) {
      let mail = entry.mail + String(repeating: " ", count: max(0, width - entry.mail.count))
      log.info("  \(mail)  \(entry.fault.class.rawValue)  \(entry.fault.code)")
    }
    if failed.count > 50 { log.info("  and \(failed.count - 50) more") }
  }
}
