import Console
import NDJSON
import Records

/// The records that a round is made of.
extension RoundWriter {
  mutating func write(
    _ bytes: RawSpan, master: Master?, isOccurrence: Bool, _ bench: inout Workbench
  ) {
    let start = bench.output.buffer.count
    let isWritten = events.write(
      bytes, bench.itemScanner, master: master, isOccurrence: isOccurrence,
      hasLineEnds: hasLineEnds, &bench.ownMembers, to: &bench.output.buffer)
    if bench.output.buffer.count - start > Self.longestLine {
      shorten(bytes, master: master, isOccurrence: isOccurrence, from: start, &bench)
    }
    if isWritten {
      counts.event += 1
    } else if isDelta, let id = bench.itemScanner.value(bench.names.id)?.stringText(bytes) {
      // It may have been public before, and be stored.
      writeRemoval(id, "changed", &bench)
    }
  }

  /// Readers of the stream take lines up to a limit, and filters add a few members.
  private static let longestLine = LineBuffer.lengthLimit - (64 << 10)

  /// Writes the event that was just written anew, without its body.
  private mutating func shorten(
    _ bytes: RawSpan, master: Master?, isOccurrence: Bool, from start: Int,
    _ bench: inout Workbench
  ) {
    bench.output.buffer.truncate(to: start)
    let id = bench.itemScanner.value(bench.names.id)?.stringText(bytes) ?? ""
    _ = events.write(
      bytes, bench.itemScanner, master: master, isOccurrence: isOccurrence,
      hasLineEnds: hasLineEnds, withoutBody: true, &bench.ownMembers, to: &bench.output.buffer)
    overlong.append(id)
    if bench.output.buffer.count - start > Self.longestLine { hopeless = hopeless ?? id }
  }

  mutating func noteSeries(_ id: String, _ bench: inout Workbench) {
    guard series.insert(id).inserted else { return }
    SeriesRecord(key: key, id: id).write(to: &bench.output.buffer)
    counts.series += 1
  }

  mutating func writeRemoval(_ id: String, _ reason: String, _ bench: inout Workbench) {
    RemovedRecord(key: key, id: id, reason: reason).write(to: &bench.output.buffer)
    counts.removed += 1
  }
}
