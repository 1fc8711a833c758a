import NDJSON

/// One page of a list: where its elements stand, and how it goes on.
struct GraphPage {
  let elements: Value
  let nextLink: String?
  let deltaLink: String?

  /// Checks the whole answer strictly; nil when it is good JSON but no page.
  init?(_ body: RawSpan, _ scanner: inout ObjectScanner) throws(JSONFault) {
    try scanner.scan(body)
    guard let elements = scanner.value(Self.value), elements.kind == .array,
      scanner.value(Self.error)?.kind != .object,
      let nextLink = Self.link(scanner.value(Self.next), body),
      let deltaLink = Self.link(scanner.value(Self.delta), body)
    else { return nil }
    self.elements = elements
    self.nextLink = nextLink
    self.deltaLink = deltaLink
  }

  /// The links of a page that was read element by element; nil when it was no page.
  static func links(
    _ body: RawSpan, _ page: ListScanner
  ) -> (next: String?, delta: String?)? {
    guard page.hasList, page.value(error)?.kind != .object, let next = link(page.value(next), body),
      let delta = link(page.value(delta), body)
    else { return nil }
    return (next, delta)
  }

  static let value: MemberName = "value"
  /// What went wrong, in place of an answer or behind what was ready of it, whatever the status says.
  static let error: MemberName = "error"

  /// The link or that there is none; nil for what can't be a link: such a page has no known end.
  private static func link(_ value: Value?, _ body: RawSpan) -> String?? {
    guard let value, !value.isNull else { return .some(nil) }
    guard let text = value.stringText(body) else { return nil }
    return .some(text.isEmpty ? nil : text)
  }

  private static let next: MemberName = "@odata.nextLink"
  private static let delta: MemberName = "@odata.deltaLink"
}
