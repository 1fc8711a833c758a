import NDJSON
import Records

/// The last name that was looked up at one place of the events, and what it meant.
struct NameMemo {
  private var bytes: [UInt8] = []
  private var territory: Territory?
  private var meaning = ZoneShelf.Meaning.none

  /// What the name that stands at `value` means for a person of a country; no name is none.
  @inline(__always)
  mutating func meaning(
    of value: Value?, _ line: RawSpan, _ territory: Territory?, _ shelf: inout ZoneShelf
  ) throws -> ZoneShelf.Meaning {
    guard let value else { return .none }
    if !bytes.isEmpty, self.territory == territory,
      line.extracting(value.range).isSame(as: bytes)
    {
      return meaning
    }
    meaning = try shelf.meaning(of: value.text(line), in: territory)
    bytes = value.end - value.start <= 100 ? Array(copying: line, value.range) : []
    self.territory = territory
    return meaning
  }
}
