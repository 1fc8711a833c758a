import NDJSON
import Testing

@Suite struct LineBufferTests {
  /// All lines of `text` when it arrives in pieces of `size` bytes; `nil` stands for a line that is too long.
  private func lines(of text: [UInt8], inChunksOf size: Int, capacity: Int = 64) -> [[UInt8]?] {
    var buffer = LineBuffer(capacity: capacity)
    var result: [[UInt8]?] = []
    var sent = 0
    func take(_ found: LineBuffer.Found, _ buffer: borrowing LineBuffer) {
      switch found {
      case .needsMore: break
      case .tooLong: result.append(nil)
      case .line(let range):
        result.append(
          buffer.withLine(range) { line in (0..<line.byteCount).map { line.byte(at: $0) } })
      }
    }
    while sent < text.count {
      _ = buffer.fill { room in
        let count = min(size, room.count, text.count - sent)
        for index in 0..<count { room[index] = text[sent + index] }
        sent += count
        return count
      }
      while true {
        let found = buffer.next()
        if found == .needsMore { break }
        take(found, buffer)
      }
    }
    take(buffer.rest(), buffer)
    return result
  }

  @Test(arguments: 1...70)
  func `lines are the same however their bytes arrive`(size: Int) {
    let text = "one\ntwo\n\n" + String(repeating: "long ", count: 60) + "\nünï\nlast"
    let expected = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      Array($0.utf8)
    }
    #expect(lines(of: Array(text.utf8), inChunksOf: size) == expected)
  }

  @Test(arguments: [("", 0), ("\n", 1), ("a", 1), ("a\n", 1), ("\n\n", 2)])
  func `a line end closes a line and opens none`(text: String, count: Int) {
    #expect(lines(of: Array(text.utf8), inChunksOf: 7).count == count)
  }

  @Test(arguments: [1 << 16, 99_991])
  func `a line over the limit is told and the next one is whole`(size: Int) {
    let limit = LineBuffer.lengthLimit
    let longest = [UInt8](repeating: UInt8(ascii: "x"), count: limit - 1)
    let tooLong = longest + [UInt8(ascii: "x")]
    let newline: [UInt8] = [0x0A]
    let text = tooLong + newline + longest + newline + Array("z".utf8)
    let found = lines(of: text, inChunksOf: size)
    #expect(found.count == 3)
    #expect(found[0] == nil)
    #expect(found[1]?.count == limit - 1)
    #expect(found[2] == Array("z".utf8))
    let endless = tooLong + tooLong + tooLong
    #expect(lines(of: endless, inChunksOf: size) == [nil])
  }
}
