import NDJSON
import Testing

@Suite struct ObjectElementsTests {
  private func ids(_ array: String) throws -> [String] {
    let bytes = Array("{\"value\":\(array)}".utf8)
    var outer = ObjectScanner()
    try outer.scan(bytes.span.bytes)
    var elements = ObjectElements(try #require(outer.value("value")))
    var scanner = ObjectScanner()
    var result: [String] = []
    while let element = try elements.next(bytes.span.bytes, &scanner) {
      #expect(element.text(bytes.span.bytes).hasSuffix("}"))
      result.append(scanner.value("id")?.text(bytes.span.bytes) ?? "")
    }
    return result
  }

  @Test(arguments: [
    ("[]", []), ("[ ]", []), (#"[{"id":"a"}]"#, ["a"]),
    (#" [ {"id":"a","x":{"id":"no"}} , {"id":"b"}, {} ] "#, ["a", "b", ""]),
  ])
  func `objects come one after the other`(array: String, expected: [String]) throws {
    #expect(try ids(array) == expected)
  }

  @Test(arguments: ["[1]", #"[{"id":"a"},null]"#, "[[]]"])
  func `an element that is no object is a fault`(array: String) {
    #expect(throws: JSONFault.self) { try ids(array) }
  }
}
