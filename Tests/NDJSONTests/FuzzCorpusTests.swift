import Foundation
import NDJSON
import Testing

/// The inputs that the fuzzer kept.
@Suite struct FuzzCorpusTests {
  @Test func `an input is refused, or its names are distinct and its bytes stay`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/Corpus/scanner")
    var scanner = ObjectScanner()
    var accepted = 0
    for file in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      let bytes = try Array(Data(contentsOf: folder.appending(path: file)))
      guard (try? scanner.scan(bytes.span.bytes)) != nil else { continue }
      accepted += 1
      #expect(String(validating: bytes, as: UTF8.self) != nil)
      #expect(Set(scanner.members.map { $0.name(bytes.span.bytes) }).count == scanner.count)
      for omitted in [[], [0], Array(0..<scanner.count)] where omitted.count <= scanner.count {
        var output = OutputBuffer(capacity: 64)
        _ = output.append(openObject: bytes.span.bytes, scanner, omitting: omitted)
        output.append("}")
        var again = ObjectScanner()
        try output.withBytes { try again.scan($0) }
        #expect(again.count == scanner.count - omitted.count)
      }
    }
    #expect(accepted >= 2)
  }
}
