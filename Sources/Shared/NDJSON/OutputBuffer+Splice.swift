extension OutputBuffer {
  /// The object without its closing brace, and without the members at the positions `omitted` (ascending).
  ///
  /// Everything else stays byte for byte: an omitted member takes one comma with it and nothing more. Returns
  /// whether a member is there, so that the caller knows whether a comma is due before the next.
  package mutating func append(
    openObject bytes: RawSpan, _ scanner: borrowing ObjectScanner, omitting omitted: [Int] = []
  ) -> Bool {
    guard !omitted.isEmpty else {
      append(bytes, 0..<scanner.closingBrace)
      return scanner.count > 0
    }
    var copied = 0
    var isFirst = true
    var next = 0
    for position in 0..<scanner.count {
      let member = scanner[position]
      guard next < omitted.count, omitted[next] == position else {
        // The comma in front goes when all the members before it went.
        if isFirst, position > 0 {
          append(bytes, copied..<commaBefore(member, bytes))
          copied = commaBefore(member, bytes) + 1
        }
        isFirst = false
        continue
      }
      next += 1
      append(bytes, copied..<(position == 0 ? member.keyStart : commaBefore(member, bytes)))
      copied = member.value.end
    }
    append(bytes, copied..<scanner.closingBrace)
    return !isFirst
  }

  private func commaBefore(_ member: Member, _ bytes: RawSpan) -> Int {
    var offset = member.keyStart - 1
    while bytes.byte(at: offset) != UInt8(ascii: ",") { offset -= 1 }
    return offset
  }

  /// A value as it stands, white space between its parts left out, so that it fits on one line.
  package mutating func append(compact bytes: RawSpan, _ value: Value) {
    var plainStart = value.start
    var inString = false
    var offset = value.start
    while offset < value.end {
      let byte = bytes.byte(at: offset)
      if inString {
        if byte == UInt8(ascii: "\\") { offset += 1 }
        if byte == UInt8(ascii: "\"") { inString = false }
      } else if byte == UInt8(ascii: "\"") {
        inString = true
      } else if byte <= 0x20 {
        append(bytes, plainStart..<offset)
        plainStart = offset + 1
      }
      offset += 1
    }
    append(bytes, plainStart..<value.end)
  }
}
