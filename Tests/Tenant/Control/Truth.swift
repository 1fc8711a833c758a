extension Tenant {
  /// `GET /_control/truth?from=&to=&private=mask|keep|drop&calendars=primary|all&user=`.
  ///
  /// What a correct sync of that window has stored: every row of every mailbox that may be read.
  func truth(_ request: Request) -> Response {
    let query = request.query
    guard let from = query["from"].flatMap({ instant(from: $0) }),
      let to = query["to"].flatMap({ instant(from: $0) }), from < to
    else { return refuse("from and to must be dates, from before to") }
    let masking = query["private"] ?? "mask"
    guard ["mask", "keep", "drop"].contains(masking) else {
      return refuse("private must be mask, keep or drop")
    }
    let world = world.withLock { $0 }
    var lines = ""
    for person in world.people {
      if let wanted = query["user"], wanted != person.id { continue }
      guard person.access == .readable, let box = world.mailboxes[person.id] else { continue }
      let indices = query["calendars"] == "all" ? box.calendars.indices : 0..<1
      for index in indices {
        let account = TruthWriter(
          person: person,
          calendar: index == 0 ? "primary" : calendarId(person.id, index, isImmutable: true),
          zone: zones[person.zone.iana] ?? ZoneCatalogue.utc, masks: masking == "mask")
        let call = GraphCall(
          Request("GET", "/", headers: [("Prefer", "IdType=\"ImmutableId\"")]), base: base,
          number: 0, seed: settings.seed)
        let mailbox = MailboxCall(call: call, person: person, mailbox: box)
        let ids = eventText(mailbox)
        for row in rows(mailbox, index, from..<to)
        where masking != "drop" || !row.content.isPrivate {
          lines += account.line(row, ids) + "\n"
        }
      }
    }
    var response = Response(200, body: lines)
    response.headers = [("Content-Type", "application/x-ndjson")]
    return response
  }
}

extension Content {
  var isPrivate: Bool { sensitivity != "normal" }
}

/// Writes one person's rows as a database should hold them.
private struct TruthWriter {
  let person: Person
  let calendar: String
  let zone: ZoneRules
  let masks: Bool

  func line(_ row: Row, _ ids: EventText) -> String {
    let content = row.content
    let hides = masks && content.isPrivate
    let (start, end) = row.when.instants(in: zone)
    return JSONText.object { json in
      json.member("user", person.id)
      json.member("mail", person.mail)
      json.member("calendar", calendar)
      json.member("id", ids.id(row))
      json.member("subject", hides ? nil : content.subject)
      json.member("startUtc", dateTimeText(start) + "Z")
      json.member("endUtc", dateTimeText(end) + "Z")
      json.member("startLocal", dateTimeText(zone.wall(at: start)))
      json.member("endLocal", dateTimeText(zone.wall(at: end)))
      json.member("seconds", end - start)
      json.member("zone", person.zone.told)
      json.member("isAllDay", row.when.isAllDay)
      json.member("categories", content.categories)
      json.member("showAs", content.showAs)
      json.member("sensitivity", content.sensitivity)
      json.member("isCancelled", content.isCancelled)
      json.member("type", typeName(row.kind))
      json.member("seriesMasterId", ids.masterId(row))
      json.member("response", content.response)
      json.member("organizer", hides ? nil : content.organizer.address)
      json.member("location", hides ? nil : content.location ?? "")
      json.member("iCalUId", row.item.key.uid)
      json.member("changeKey", row.item.changeKey)
      json.member("lastModified", stamp(row.item.modified, row.item.number + 1))
    }
  }
}
