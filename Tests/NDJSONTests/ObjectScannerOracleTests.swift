import NDJSON
import Support
import Testing

@Suite struct ObjectScannerOracleTests {
  /// Python's parser says of 20,000 good and damaged lines which of them are strict JSON objects.
  @Test(arguments: [1, 2, 3, 4])
  func `a line is accepted exactly when Python's parser accepts it`(seed: Int) async throws {
    let script = Products.path("Tests/NDJSONTests/Oracle/json-cases.py")
    let outcome = try await Sandbox.with {
      try await $0.shell("python3 -X utf8 '\(script)' 5000 \(seed)")
    }
    try #require(outcome.status == 0, "\(outcome.messages)")
    var scanner = ObjectScanner()
    var count = 0
    for row in outcome.stdout.split(separator: UInt8(ascii: "\n")) {
      let fields = row.split(separator: UInt8(ascii: "\t"), omittingEmptySubsequences: false)
      let line = bytes(hex: fields[0])
      let isExpected = Array(fields[1]) == Array("ok".utf8)
      let isAccepted = (try? scanner.scan(line.span.bytes)) != nil
      #expect(isAccepted == isExpected, "\(String(decoding: line, as: UTF8.self))")
      count += 1
    }
    #expect(count == 5000)
  }

  private func bytes(hex: ArraySlice<UInt8>) -> [UInt8] {
    var result: [UInt8] = []
    var digits = hex.makeIterator()
    while let high = digits.next(), let low = digits.next() {
      result.append(value(high) << 4 | value(low))
    }
    return result
  }

  private func value(_ digit: UInt8) -> UInt8 {
    digit <= UInt8(ascii: "9") ? digit - UInt8(ascii: "0") : digit - UInt8(ascii: "a") + 10
  }
}
