// Fed by libFuzzer: whatever the bytes are, the scanner refuses them or describes them truthfully.

nonisolated(unsafe) private var scanner = ObjectScanner()
nonisolated(unsafe) private var other = ObjectScanner()

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOne(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: data, count: count))
  checkObject(bytes)
  checkLines(bytes)
  return 0
}

private func checkObject(_ bytes: [UInt8]) {
  let span = bytes.span.bytes
  guard (try? scanner.scan(span)) != nil else { return }
  precondition(String(validating: bytes, as: UTF8.self) != nil, "accepted what is no UTF-8")
  precondition(spliced(span, []) == Array(bytes[..<scanner.closingBrace]), "splicing changed bytes")
  var names: Set<String> = []
  for position in 0..<scanner.count {
    let member = scanner[position]
    precondition(names.insert(member.name(span)).inserted, "a name stands twice")
    precondition(member.value.end <= scanner.closingBrace, "a value beyond the object")
    _ = member.value.text(span)
    _ = member.value.integer(span)
    _ = member.value.strings(span)
    _ = try? JSONTree(span, member.value)
    if member.value.kind == .object { _ = try? other.scan(span, member.value) }
    checkCompact(span, member.value)
  }
  if scanner.count > 0 { checkOmission(span) }
}

/// A value without its white space is a value still.
private func checkCompact(_ span: RawSpan, _ value: Value) {
  var output = OutputBuffer(capacity: 64)
  output.append(compact: span, value)
  output.withBytes { compact in
    precondition((try? JSONTree(compact)) != nil, "compacting broke a value")
  }
}

/// An object without its first, or last, or every member is an object still.
private func checkOmission(_ span: RawSpan) {
  let last = scanner.count - 1
  for omitted in [[0], [last], Array(0...last)] {
    let rest = spliced(span, omitted) + [UInt8(ascii: "}")]
    precondition((try? other.scan(rest.span.bytes)) != nil, "omitting broke the object")
    precondition(other.count == scanner.count - omitted.count, "omitting lost a member")
  }
}

private func spliced(_ span: RawSpan, _ omitted: [Int]) -> [UInt8] {
  var output = OutputBuffer(capacity: 64)
  _ = output.append(openObject: span, scanner, omitting: omitted)
  return output.withBytes { all in (0..<all.byteCount).map { all.byte(at: $0) } }
}

/// Lines come out the same whatever pieces the bytes arrive in.
private func checkLines(_ bytes: [UInt8]) {
  let whole = lines(bytes, pieces: max(1, bytes.count))
  precondition(lines(bytes, pieces: 1 + bytes.count % 7) == whole, "pieces changed the lines")
}

private func lines(_ bytes: [UInt8], pieces: Int) -> [[UInt8]] {
  var buffer = LineBuffer(capacity: 64)
  var result: [[UInt8]] = []
  var offset = 0
  func note(_ found: LineBuffer.Found) {
    guard case .line(let range) = found else { return }
    result.append(buffer.withLine(range) { line in (0..<line.byteCount).map { line.byte(at: $0) } })
  }
  while true {
    let count = buffer.fill { room in
      let count = min(pieces, room.count, bytes.count - offset)
      for index in 0..<count { room[index] = bytes[offset + index] }
      offset += count
      return count
    }
    while case let found = buffer.next(), found != .needsMore { note(found) }
    if count == 0 { break }
  }
  note(buffer.rest())
  return result
}
