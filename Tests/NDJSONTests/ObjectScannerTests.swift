import NDJSON
import Testing

@Suite struct ObjectScannerTests {
  private func fault(_ line: String) -> JSONFault? {
    fault(Array(line.utf8))
  }

  private func fault(_ line: [UInt8]) -> JSONFault? {
    var scanner = ObjectScanner()
    do throws(JSONFault) {
      try scanner.scan(line.span.bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: [0, 1, 30])
  func `text beyond ASCII is as Unicode allows, however much follows`(followers: Int) {
    let ends: [[UInt8]] = [[], [0x7F], [0x80], [0xBF], [0xC0], [0x80, 0x80], [0xBF, 0xBF]]
    for lead in UInt8(0x80)...0xFF {
      for second in UInt8(0x70)...0xFF {
        for end in ends {
          let text = [lead, second] + end + [UInt8](repeating: 0x78, count: followers)
          let isValid = String(validating: text, as: UTF8.self) != nil
          let line = Array(#"{"a":""#.utf8) + text + Array(#""}"#.utf8)
          #expect((fault(line) == nil) == isValid, "\(text)")
        }
      }
    }
  }

  @Test(arguments: [
    ("", JSONFault.Reason.unexpectedEnd, 0),
    ("[1]", .notAnObject, 0),
    ("7", .notAnObject, 0),
    ("{", .unexpectedEnd, 1),
    (#"{"a":1"#, .unexpectedEnd, 6),
    (#"{"a":1,}"#, .unexpectedByte(UInt8(ascii: "}")), 7),
    (#"{"a" 1}"#, .unexpectedByte(UInt8(ascii: "1")), 5),
    (#"{"a":1} x"#, .trailingBytes, 8),
    (#"{"a":01}"#, .badNumber, 6),
    (#"{"a":1.}"#, .badNumber, 7),
    (#"{"a":-}"#, .badNumber, 6),
    (#"{"a":NaN}"#, .unexpectedByte(UInt8(ascii: "N")), 5),
    (#"{"a":nul}"#, .unexpectedByte(UInt8(ascii: "}")), 8),
    (#"{"a":"\x"}"#, .badEscape, 7),
    (#"{"a":"\u12g4"}"#, .badEscape, 10),
    ("{\"a\":\"\u{1}\"}", .controlCharacter(1), 6),
    (#"{"a":1,"b":2,"a":3}"#, .duplicateMember("a"), 13),
    (#"{"a":1,"\u0061":3}"#, .duplicateMember("a"), 7),
    (#"{"a":[1,{"b":2]}"#, .unexpectedByte(UInt8(ascii: "]")), 14),
  ])
  func `what is wrong is told with its place`(line: String, reason: JSONFault.Reason, offset: Int) {
    #expect(fault(line) == JSONFault(reason, at: offset))
  }

  @Test(
    arguments: [
      [0xFF], [0xC0, 0xAF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
      [0xF0, 0x80, 0x80, 0x80], [0xC3], [0x80], [0xE2, 0x82], [0xF5, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func `bytes that are no UTF-8 are refused wherever they stand`(wrong: [UInt8]) {
    for padding in 0..<40 {
      let text = [UInt8](repeating: UInt8(ascii: "x"), count: padding)
      let line = Array(#"{"a":""#.utf8) + text + wrong + Array(#""}"#.utf8)
      #expect(fault(line)?.reason == .invalidUTF8)
    }
  }

  @Test func `nesting up to the limit is fine and one more is refused`() {
    func nested(_ depth: Int) -> String {
      #"{"a":"# + String(repeating: "[", count: depth) + String(repeating: "]", count: depth) + "}"
    }
    #expect(fault(nested(ObjectScanner.depthLimit - 1)) == nil)
    #expect(fault(nested(ObjectScanner.depthLimit))?.reason == .tooDeep(limit: 512))
    #expect(fault(nested(1_000_000))?.reason == .tooDeep(limit: 512))
  }

  @Test func `an object of ten thousand members is searched and checked as well`() throws {
    var members = (0..<10_000).map { "\"member number \($0) with a long name\":\($0)" }
    var scanner = ObjectScanner()
    let line = Array("{\(members.joined(separator: ","))}".utf8)
    try scanner.scan(line.span.bytes)
    #expect(scanner.members.count == 10_000)
    members.append("\"member number 77 with a long name\":0")
    #expect(
      fault("{\(members.joined(separator: ","))}")?.reason
        == .duplicateMember("member number 77 with a long name"))
    try scanner.scan(Array(#"{"a":1}"#.utf8).span.bytes)
    #expect(scanner.value("a") != nil)
    #expect(scanner.value("member number 7") == nil)
  }

  @Test func `values are found by name and read as what they are`() throws {
    let line = Array(
      #" { "text" : "a\"\u00e9\ud83d\ude00\/" , "n":-12,"f":1.5,"yes":true,"no":false,"nil":null,"list":["x",1,"\n"],"o":{"i":"z"} } "#
        .utf8)
    let bytes = line.span.bytes
    var scanner = ObjectScanner()
    try scanner.scan(bytes)
    #expect(scanner.value("text")?.text(bytes) == "a\"é😀/")
    #expect(scanner.value("n")?.integer(bytes) == -12)
    #expect(scanner.value("f")?.integer(bytes) == nil)
    #expect(scanner.value("f")?.text(bytes) == "1.5")
    #expect(scanner.value("yes")?.bool(bytes) == true)
    #expect(scanner.value("no")?.bool(bytes) == false)
    #expect(scanner.value("nil")?.isNull == true)
    #expect(scanner.value("none") == nil)
    #expect(scanner.value("list")?.strings(bytes) == ["x", "\n"])
    var inner = ObjectScanner()
    try inner.scan(bytes, try #require(scanner.value("o")))
    #expect(inner.value("i")?.text(bytes) == "z")
    #expect(scanner.members.map { $0.name(bytes) }.first == "text")
  }

  @Test func `a lone surrogate becomes the replacement character`() throws {
    let line = Array(#"{"a":"x\ud800y\udc00\ud800\u0041"}"#.utf8)
    var scanner = ObjectScanner()
    try scanner.scan(line.span.bytes)
    #expect(scanner.value("a")?.text(line.span.bytes) == "x\u{FFFD}y\u{FFFD}\u{FFFD}A")
  }

  @Test func `names of every length are told apart`() throws {
    let names = (1...60).map { String(repeating: "k", count: $0) }
    let line = Array(
      ("{" + names.map { "\"\($0)\":\($0.count)" }.joined(separator: ",") + "}").utf8)
    var scanner = ObjectScanner()
    try scanner.scan(line.span.bytes)
    for name in names {
      #expect(scanner.value(MemberName(name))?.integer(line.span.bytes) == name.count)
    }
  }
}

/// Objects that resemble the one before are read the faster way; nothing may show of it.
@Suite struct FollowingObjectTests {
  static let objects = [
    #"{"a":1,"b":2,"c":3}"#, #"{"a":1,"b":2}"#, #"{"a":1,"b":2,"c":3,"d":4}"#,
    #"{"a":1,"x":2,"c":3}"#,
    #"{"b":2,"a":1}"#, #"{}"#, #"{"a" :1,"b": 2}"#, #"{"a":1,"b":2,"\u0063":3}"#,
    #"{"a":1,"a name of more than twenty-nine bytes":2,"c":3}"#,
    #"{"a":1,"a name of exactly twenty-nine":2,"c":{"a":1}}"#, #"{"a name of sixteen":"x","c":3}"#,
    #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"b":2,"c":3"#, #"{"a":1,"b":2,"c"#, #"{"a":1,"b":2,"c":}"#,
    #"{"a":1,"b":2,"c":3} x"#, #"{"a":1,"b":2,"b":3}"#, #"{"a":1,"b":2,"c":3,"a":4}"#,
  ]

  /// What a scan shows to the outside.
  private func picture(_ scanner: inout ObjectScanner, _ text: String) -> String {
    let bytes = Array(text.utf8)
    do throws(JSONFault) {
      try scanner.scan(bytes.span.bytes)
    } catch {
      return "\(error)"
    }
    let members = (0..<scanner.count).map { position in
      "\(scanner[position].name(bytes.span.bytes))=\(scanner[position].value.text(bytes.span.bytes))"
    }
    let found = ["a", "b", "c", "d", "x", "a name of sixteen"].map { name in
      scanner.index(of: MemberName(name)).map(String.init) ?? "-"
    }
    return "\(members) \(found) \(scanner.closingBrace)"
  }

  @Test(arguments: objects)
  func `an object is the same whatever came before it`(first: String) {
    var scanner = ObjectScanner()
    for second in Self.objects {
      for third in Self.objects {
        for text in [first, second, third] {
          var fresh = ObjectScanner()
          #expect(picture(&scanner, text) == picture(&fresh, text))
        }
      }
    }
  }
}
