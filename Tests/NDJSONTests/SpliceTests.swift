import NDJSON
import Testing

@Suite struct SpliceTests {
  private func text(_ body: (inout OutputBuffer) throws -> Void) rethrows -> String {
    var output = OutputBuffer(capacity: 8)
    try body(&output)
    return output.withBytes { bytes in
      String(decoding: (0..<bytes.byteCount).map { bytes.byte(at: $0) }, as: UTF8.self)
    }
  }

  @Test(arguments: [
    (#"{"a":1.0,"b":"\u00e9","c":{"x": 1}}"#, [], #"{"a":1.0,"b":"\u00e9","c":{"x": 1}"#, true),
    (#"{"a":1.0,"b":2,"c":3}"#, [0], #"{"b":2,"c":3"#, true),
    (#"{"a":1.0,"b":2,"c":3}"#, [1], #"{"a":1.0,"c":3"#, true),
    (#"{"a":1.0,"b":2,"c":3}"#, [0, 1, 2], "{", false),
    (#" {} "#, [], " {", false),
  ])
  func `an object is opened for more members without touching the rest`(
    line: String, omitted: [Int], expected: String, needsComma: Bool
  ) throws {
    let bytes = Array(line.utf8)
    var scanner = ObjectScanner()
    try scanner.scan(bytes.span.bytes)
    var comma = false
    let result = text {
      comma = $0.append(openObject: bytes.span.bytes, scanner, omitting: omitted)
    }
    #expect(result == expected)
    #expect(comma == needsComma)
  }

  @Test func `white space between the parts of a value goes, that inside of strings stays`() throws
  {
    let line = Array("{ \"v\" : { \"a b\" :\t[ 1 , \" x \\\" y \" ,\r\n { } ] } }".utf8)
    var scanner = ObjectScanner()
    try scanner.scan(line.span.bytes)
    let value = try #require(scanner.value("v"))
    #expect(
      text { $0.append(compact: line.span.bytes, value) } == #"{"a b":[1," x \" y ",{}]}"#)
  }

  @Test(arguments: [
    ("", "\"\""), ("a\"b\\c", #""a\"b\\c""#),
    ("\u{0}\u{1F}\n\r\t\u{8}\u{C}", #""\u0000\u001f\n\r\t\b\f""#),
    ("é👩\u{7F}", "\"é👩\u{7F}\""),
  ])
  func `a text becomes a JSON string`(input: String, expected: String) {
    #expect(text { $0.append(jsonString: input) } == expected)
  }

  @Test(arguments: [0, 7, -1, 1234567890, Int.max, Int.min])
  func `a number is written in digits`(number: Int) {
    #expect(text { $0.append(integer: number) } == String(number))
  }

  @Test(arguments: [(0, 4, "0000"), (7, 2, "07"), (2026, 4, "2026"), (12345, 4, "12345")])
  func `a number is padded with zeros`(number: Int, width: Int, expected: String) {
    #expect(text { $0.append(integer: number, width: width) } == expected)
  }

  @Test func `a small value is read as a tree`() throws {
    let tree = try JSONTree(Array(#" {"a":[1,"x",null,true,{"b":"1767225600"}],"e":{}} "#.utf8))
    #expect(tree["a"]?.array.count == 5)
    #expect(tree["a"]?.array[0].integer == 1)
    #expect(tree["a"]?.array[4]["b"]?.integer == 1_767_225_600)
    #expect(tree["e"] == .object([:]))
    #expect(throws: JSONFault.self) { try JSONTree(Array("[1] 2".utf8)) }
    #expect(throws: JSONFault.self) {
      try JSONTree([UInt8](repeating: UInt8(ascii: "["), count: 99_999))
    }
  }
}
