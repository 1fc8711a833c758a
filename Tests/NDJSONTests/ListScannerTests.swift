import NDJSON
import Testing

@Suite struct ListScannerTests {
  private static let pages = [
    #"{"a":"x","value":[{"id":"1","n":{"b":[1,2]}},{"id":"2"}],"z":null}"#,
    #"{ "value" : [ ] , "z" : "é\n" }"#, #"{"value":[{"id":"1"}]}"#, "{}", #"{"value":7}"#,
    #"{"v\u0061lue":[{}],"q":[[],{}]}"#,
  ]

  /// The elements, or nil where the bytes are refused.
  private func read(_ bytes: [UInt8]) -> [String]? {
    var scanner = ObjectScanner()
    var page = ListScanner(list: "value")
    var result: [String] = []
    do {
      while let element = try page.next(bytes.span.bytes, &scanner) {
        result.append(String(decoding: bytes[element.range], as: UTF8.self))
      }
      return page.hasList || result.isEmpty ? result : nil
    } catch {
      return nil
    }
  }

  /// The same in two steps: the whole object, then the elements of its list.
  private func oracle(_ bytes: [UInt8]) -> [String]? {
    var scanner = ObjectScanner()
    var result: [String] = []
    do {
      try scanner.scan(bytes.span.bytes)
      guard let list = scanner.value("value"), list.kind == .array else { return [] }
      var item = ObjectScanner()
      try list.forEachElement(bytes.span.bytes) { element in
        try item.scan(bytes.span.bytes, element)
        result.append(String(decoding: bytes[element.range], as: UTF8.self))
      }
      return result
    } catch {
      return nil
    }
  }

  @Test(arguments: pages)
  func `one pass finds what two passes find`(page: String) {
    #expect(read(Array(page.utf8)) == oracle(Array(page.utf8)))
  }

  @Test(arguments: pages)
  func `one pass refuses what two passes refuse`(page: String) {
    let bytes = Array(page.utf8)
    for end in bytes.indices { #expect(read(Array(bytes[..<end])) == oracle(Array(bytes[..<end]))) }
    for place in bytes.indices {
      for byte in Array("{}[],:\"\\x1 \u{7F}".utf8) + [0x00, 0xC3, 0xFF] {
        var damaged = bytes
        damaged[place] = byte
        #expect(read(damaged) == oracle(damaged), "\(String(decoding: damaged, as: UTF8.self))")
        damaged = bytes
        damaged.insert(byte, at: place)
        #expect(read(damaged) == oracle(damaged), "\(String(decoding: damaged, as: UTF8.self))")
      }
    }
  }

  @Test func `the list stands twice nowhere`() {
    for text in [
      #"{"value":[],"value":[]}"#, #"{"value":1,"value":[]}"#, #"{"value":[],"v\u0061lue":1}"#,
    ] {
      #expect(read(Array(text.utf8)) == nil)
    }
  }

  private func hasLineEnd(_ bytes: [UInt8]) -> Bool { bytes.span.bytes.containsLineEnd() }

  @Test func `line ends are found wherever they stand`() {
    for count in 0..<200 {
      var bytes = [UInt8](repeating: 0x20, count: count)
      #expect(!hasLineEnd(bytes))
      for place in bytes.indices {
        bytes[place] = place % 2 == 0 ? 0x0A : 0x0D
        #expect(hasLineEnd(bytes))
        bytes[place] = 0x20
      }
    }
  }
}
