import NDJSON
import Records

/// One row of a page.
extension RoundWriter {
  /// Takes the element that was just scanned.
  mutating func takeChange(
    _ body: RawSpan, _ element: Value, _ idValue: Value, _ bench: inout Workbench
  ) {
    if !gone.isEmpty, gone.remove(idValue.text(body)) != nil {
      // It comes after all, and overtakes what there was of it.
      waiting.remove(idValue.text(body))
    }
    if let removed = bench.itemScanner.value(bench.names.removed), !removed.isNull {
      return takeRemoval(body, idValue.text(body), removed, &bench)
    }
    let type = bench.itemScanner.value(bench.names.type)
    if isMaster(type, body) {
      try? keepMaster(body, idValue.text(body), &bench)
    } else if let master = bench.itemScanner.value(bench.names.seriesMasterId)?.stringText(body) {
      takeOccurrence(
        body, element, id: idValue, master: master,
        isOccurrence: type?.equals("exception", body) != true, &bench)
    } else if bench.holds(bench.names.meeting) {
      write(body, master: nil, isOccurrence: false, &bench)
    } else {
      wait(body, element, idValue, for: idValue.text(body))
    }
  }

  /// Takes a row of the plain view.
  mutating func takeRow(
    _ body: RawSpan, _ element: Value, _ id: Value, _ bench: inout Workbench
  ) {
    let type = bench.itemScanner.value(bench.names.type)
    if isMaster(type, body) { return }
    guard type?.equals("occurrence", body) == true,
      let masterId = bench.itemScanner.value(bench.names.seriesMasterId)?.stringText(body)
    else { return write(body, master: nil, isOccurrence: false, &bench) }
    guard let master = masters[masterId] else {
      return wait(body, element, id, for: masterId)
    }
    write(body, master: master, isOccurrence: true, &bench)
  }

  private mutating func wait(
    _ body: RawSpan, _ element: Value, _ id: Value, for master: String
  ) {
    let bytes = Array(copying: body, element.range)
    waiting.append(WaitingRows.Row(id: id.text(body), missing: master, bytes: bytes))
  }

  /// In any case: the service writes small letters first, its documents don't.
  private func isMaster(_ type: Value?, _ body: RawSpan) -> Bool {
    guard let type, type.kind == .string, type.range.count == 14 else { return false }
    return type.equals("seriesMaster", body) || type.text(body).lowercased() == "seriesmaster"
  }

  private mutating func takeRemoval(
    _ body: RawSpan, _ id: String, _ removed: Value, _ bench: inout Workbench
  ) {
    var reason = "deleted"
    if removed.kind == .object, (try? bench.itemScanner.scan(body, removed)) != nil {
      reason = bench.itemScanner.value(bench.names.reason)?.stringText(body) ?? reason
    }
    // What came earlier on this page and still waits is overtaken.
    waiting.remove(id)
    waiting.removeAll(waitingFor: id)
    masters.remove(id)
    writeRemoval(id, reason, &bench)
  }

  private mutating func takeOccurrence(
    _ body: RawSpan, _ element: Value, id: Value, master masterId: String, isOccurrence: Bool,
    _ bench: inout Workbench
  ) {
    if isOccurrence { noteSeries(masterId, &bench) }
    if let master = masters[masterId] {
      write(body, master: master, isOccurrence: isOccurrence, &bench)
    } else if !isOccurrence && bench.holds(bench.names.exception) {
      write(body, master: nil, isOccurrence: false, &bench)
    } else {
      wait(body, element, id, for: masterId)
    }
  }

  /// Keeps the master that was just scanned, and writes the occurrences that waited for it.
  mutating func keepMaster(
    _ body: RawSpan, _ id: String, _ bench: inout Workbench
  ) throws {
    let master = Master(
      body, bench.itemScanner, bench.names, rules, isWhole: isDelta)
    if isDelta, let known = masters[id], known.contradicts(master) { isTorn = true }
    masters.insert(master, id)
    if isDelta { noteSeries(id, &bench) }
    try writeWaiting(for: id, master, &bench)
  }

  mutating func writeWaiting(
    for id: String, _ master: Master?, _ bench: inout Workbench
  ) throws {
    let ready = waiting.take(waitingFor: id)
    guard !ready.isEmpty else { return }
    let pageHasLineEnds = hasLineEnds
    defer { hasLineEnds = pageHasLineEnds }
    for occurrence in ready {
      let bytes = unsafe occurrence.bytes.span.bytes
      try bench.itemScanner.scan(bytes)
      hasLineEnds = bytes.containsLineEnd()
      let type = bench.itemScanner.value(bench.names.type)
      write(
        bytes, master: master, isOccurrence: type?.equals("exception", bytes) != true, &bench)
    }
  }
}
