extension EventText {
  func writePeople(_ content: Content, _ event: inout JSONText) {
    if select?.contains("attendees") ?? true {
      event.list(
        "attendees",
        { list in
          for (index, attendee) in content.attendees.enumerated() {
            list.object { write(attendee, isOptional: index == 2, &$0) }
          }
        })
    }
    if select?.contains("organizer") ?? true {
      event.member("organizer") { write(content.organizer, &$0) }
    }
    if select?.contains("onlineMeeting") ?? true {
      event.member("onlineMeeting", raw: content.isOnline ? joinInformation : "null")
    }
  }

  private func write(_ attendee: Mailer, isOptional: Bool, _ json: inout JSONText) {
    json.member("type", isOptional ? "optional" : "required")
    json.member("status") { status in
      status.member("response", "none")
      status.member("time", "0001-01-01T00:00:00Z")
    }
    write(attendee, &json)
  }

  private func write(_ mailer: Mailer, _ json: inout JSONText) {
    json.member("emailAddress") { address in
      address.member("name", mailer.name)
      address.member("address", mailer.address)
    }
  }

  func writeResponse(_ name: String, _ response: String, _ json: inout JSONText) {
    let isNever = response == "organizer" || response == "none" || response == "notResponded"
    json.member(name) { status in
      status.member("response", response)
      status.member("time", isNever ? "0001-01-01T00:00:00Z" : "2026-01-07T10:11:12.1234567Z")
    }
  }

  func writeLocation(_ name: String?, _ json: inout JSONText) {
    json.member("displayName", name ?? "")
    json.member("locationType", "default")
    if let name { json.member("uniqueId", name) }
    json.member("uniqueIdType", name == nil ? "unknown" : "private")
    json.member("address", raw: "{}")
    json.member("coordinates", raw: "{}")
  }
}

private let joinInformation =
  #"{"joinUrl":"https://teams.example.test/l/meetup-join/19%3ameeting_x%40thread.v2/0"}"#

func typeName(_ kind: Row.Kind) -> String {
  switch kind {
  case .single: "singleInstance"
  case .master: "seriesMaster"
  case .occurrence: "occurrence"
  case .exception: "exception"
  }
}

/// UTC with `Z`; seven fractional digits, fewer, or none, as the service happens to write.
func stamp(_ instant: Int, _ variant: Int) -> String {
  let fraction = ["", ".1234567", ".5", ".0000000"][variant % 4]
  return dateTimeText(instant) + fraction + "Z"
}

/// HTML without its tags.
func plainText(_ html: String) -> String {
  var text = String.UnicodeScalarView()
  var isTag = false
  for scalar in html.unicodeScalars {
    switch scalar {
    case "<": isTag = true
    case ">" where isTag: isTag = false
    default: if !isTag { text.append(scalar) }
    }
  }
  return String(text).replacing("&nbsp;", with: " ").replacing("&lt;", with: "<")
    .replacing("&gt;", with: ">").replacing("&amp;", with: "&")
}

/// A series' `recurrence`, as JSON.
func recurrence(_ item: CalendarItem) -> String {
  guard let series = item.series else { return "null" }
  return JSONText.object { json in
    json.member("pattern") { write(series.pattern, &$0) }
    json.member("range") { write(range: series, &$0) }
  }
}

private let weekdays = [
  "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
]

private func write(_ pattern: Pattern, _ json: inout JSONText) {
  var (type, interval, month, day, index) = ("daily", 1, 0, 0, "first")
  var days: [Int] = []
  switch pattern {
  case .daily(let every): interval = every
  case .weekly(let every, let on): (type, interval, days) = ("weekly", every, on)
  case .monthlyOnDay(let every, let date): (type, interval, day) = ("absoluteMonthly", every, date)
  case .monthlyOnWeekday(let every, let week, let weekday):
    (type, interval, days) = ("relativeMonthly", every, [weekday])
    index = ["first", "second", "third", "fourth", "last"][week - 1]
  case .yearly(let inMonth, let date): (type, month, day) = ("absoluteYearly", inMonth, date)
  }
  json.member("type", type)
  json.member("interval", interval)
  json.member("month", month)
  json.member("dayOfMonth", day)
  if !days.isEmpty { json.member("daysOfWeek", days.map { weekdays[$0] }) }
  json.member("firstDayOfWeek", type == "weekly" ? "monday" : "sunday")
  json.member("index", index)
}

private func write(range series: Series, _ json: inout JSONText) {
  var (type, end, count) = ("noEnd", "0001-01-01", 0)
  switch series.end {
  case .never: break
  case .on(let day): (type, end) = ("endDate", day.text)
  case .after(let number): (type, count) = ("numbered", number)
  }
  json.member("type", type)
  json.member("startDate", series.firstDay.text)
  json.member("endDate", end)
  json.member("recurrenceTimeZone", series.zoneName)
  json.member("numberOfOccurrences", count)
}
