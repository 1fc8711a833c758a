import NDJSON

/// One page of a list: where its elements stand, and how it goes on.
struct GraphPage {
  let elements: Value
  let nextLink: String?
  let deltaLink: String?

  /// Checks the whole answer strictly; nil when it is good JSON but no page.
  init?(_ body: RawSpan, _ scanner: inout ObjectScanner) throws(JSONFault) {
    try scanner.scan(body)
    guard let elements = scanner.value(Self.value), elements.kind == .array else { return nil }
    self.elements = elements
    nextLink = scanner.value(Self.next)?.stringText(body)
    deltaLink = scanner.value(Self.delta)?.stringText(body)
  }

  private static let value: MemberName = "value"
  private static let next: MemberName = "@odata.nextLink"
  private static let delta: MemberName = "@odata.deltaLink"
}
