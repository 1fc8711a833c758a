/// When something takes place: instants, or whole days that have no zone.
enum When: Sendable, Equatable {
  case timed(start: Int, end: Int)
  /// `end` is the day after the last one.
  case allDay(start: CivilDay, end: CivilDay)

  /// The instants it covers for somebody in a zone.
  func instants(in zone: ZoneRules) -> (start: Int, end: Int) {
    switch self {
    case .timed(let start, let end): (start, end)
    case .allDay(let start, let end): (zone.midnight(start), zone.midnight(end))
    }
  }

  /// Whether it touches a window; something of no length belongs to the window it starts in.
  func overlaps(_ window: Range<Int>, _ zone: ZoneRules) -> Bool {
    let (start, end) = instants(in: zone)
    if start == end { return window.contains(start) }
    return start < window.upperBound && end > window.lowerBound
  }

  var isAllDay: Bool {
    if case .allDay = self { true } else { false }
  }
}

/// What people write into an event.
struct Content: Sendable, Equatable {
  var subject: String?
  var categories: [String] = []
  var body = Body("")
  var location: String?
  var showAs = "busy"
  var sensitivity = "normal"
  var importance = "normal"
  var response = "organizer"
  var isCancelled = false
  var isOnline = false
  var organizer: Mailer
  var attendees: [Mailer] = []
}

/// A text in HTML, and what is made of it again and again.
struct Body: Sendable, Equatable {
  let html: String
  /// As a JSON string.
  let quotedHTML: String
  let quotedText: String
  let quotedPreview: String

  init(_ html: String) {
    self.html = html
    quotedHTML = quoted(html)
    let text = plainText(html)
    quotedText = quoted(text)
    quotedPreview = quoted(String(text.prefix(255)))
  }
}

struct Mailer: Sendable, Equatable {
  let name: String
  let address: String
}

/// One thing in a calendar: a single event or a whole series.
struct CalendarItem: Sendable {
  enum Shape: Sendable {
    case single(When)
    case series(Series)
  }

  /// Position in the mailbox's history; never used again.
  let number: Int
  /// The stable part of its ids.
  let key: ItemKey
  /// Index of the calendar it is in.
  var calendar = 0
  /// The mailbox's change number when it last changed.
  private(set) var changed: Int
  /// Different after each change; the etag is made of it.
  private(set) var changeKey: String
  let created: Int
  private(set) var modified: Int
  /// As `originalStartTimeZone` spells it.
  var zoneName: String
  var content: Content
  var shape: Shape

  init(
    _ draft: Mailbox.Draft, number: Int, key: ItemKey, calendar: Int, changed: Int, at instant: Int
  ) {
    self.number = number
    self.key = key
    self.calendar = calendar
    self.changed = changed
    changeKey = key.changeKey(changed)
    (created, modified) = (instant, instant)
    (zoneName, content, shape) = (draft.zoneName, draft.content, draft.shape)
  }

  /// Notes that it was changed.
  mutating func touch(_ change: Int, at instant: Int) {
    changed = change
    changeKey = key.changeKey(change)
    modified = instant
  }

  var series: Series? {
    if case .series(let series) = shape { series } else { nil }
  }
}

/// One line of a calendar view or of a delta page, before it is written.
struct Row: Sendable {
  enum Kind: Sendable, Equatable {
    case single
    case master
    case occurrence(CivilDay)
    case exception(CivilDay)
  }

  let item: CalendarItem
  let kind: Kind
  let when: When
  let content: Content
  /// The slot before it was moved.
  var originalStart: When?

  func id(isImmutable: Bool) -> String {
    switch kind {
    case .single, .master: item.key.id(isImmutable: isImmutable, calendar: item.calendar)
    case .occurrence(let date), .exception(let date):
      item.key.id(of: date, isImmutable: isImmutable, calendar: item.calendar)
    }
  }
}
