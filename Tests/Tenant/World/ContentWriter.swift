/// Writes what people write: subjects, categories, bodies, and the flags around them.
struct ContentWriter: Sendable {
  let owner: Mailer
  var random: SeededRandom

  init(owner: Mailer, random: SeededRandom) {
    self.owner = owner
    self.random = random
  }

  mutating func content() -> Content {
    var content = Content(organizer: owner)
    content.subject = subject()
    content.categories = categories()
    content.body = random.pick(bodies)
    content.location = random.once(in: 3) ? nil : random.pick(places)
    content.showAs = showAs()
    content.importance = random.once(in: 12) ? random.pick(["low", "high"]) : "normal"
    content.sensitivity =
      random.once(in: 12) ? random.pick(["private", "personal", "confidential"]) : "normal"
    content.isOnline = random.once(in: 3)
    content.attendees = (0..<random.integer(0...3)).map { _ in random.pick(colleagues) }
    if random.once(in: 2) { invite(&content) }
    return content
  }

  /// Somebody else's meeting: the owner answered it, and it may have been called off.
  private mutating func invite(_ content: inout Content) {
    content.organizer = random.pick(colleagues)
    content.response = random.pick([
      "accepted", "accepted", "accepted", "accepted", "tentativelyAccepted", "notResponded", "none",
      "declined",
    ])
    guard random.once(in: 12) else { return }
    content.isCancelled = true
    content.subject = "Canceled: " + (content.subject ?? "")
  }

  private mutating func showAs() -> String {
    guard random.once(in: 4) else { return "busy" }
    return random.pick(["free", "tentative", "oof", "workingElsewhere", "unknown"])
  }

  mutating func categories() -> [String] {
    switch random.integer(0...9) {
    case 0, 1: []
    case 2: [random.pick(projects)]
    case 3: [random.pick(projects), random.pick(projects), random.pick(activities)]
    case 4: [random.pick(activities), random.pick(otherCategories)]
    case 5: [random.pick(projects), random.pick(activities), random.pick(activities)]
    case 6: ["[PROJECT] Of another organiser", random.pick(activities)]
    default: [random.pick(projects), random.pick(activities)]
    }
  }

  mutating func subject() -> String? {
    if random.once(in: 40) { return random.once(in: 2) ? nil : "" }
    return random.once(in: 6) ? random.pick(oddSubjects) : random.pick(subjects)
  }
}

/// HTML of a few hundred bytes to a few thousand; people write the same things again and again.
private let bodies: [Body] = {
  var random = SeededRandom(0, "bodies")
  return (0..<60).map { _ in
    guard !random.once(in: 10) else { return Body("") }
    let paragraphs = (0..<random.integer(1...8)).map { _ in "<p>\(random.pick(sentences))</p>" }
    return Body(
      "<html><head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">"
        + "\r\n</head>\r\n<body>\r\n" + paragraphs.joined(separator: "\r\n")
        + (random.once(in: 3) ? joinBlock : "") + "\r\n</body>\r\n</html>\r\n")
  }
}()
