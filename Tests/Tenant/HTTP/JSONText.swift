/// JSON text that grows member by member, in the order it is written.
struct JSONText {
  private(set) var text = ""
  private var needsComma = false

  mutating func object(_ body: (inout JSONText) -> Void) { nest("{", "}", body) }
  mutating func array(_ body: (inout JSONText) -> Void) { nest("[", "]", body) }

  mutating func value(_ text: String?) {
    guard let text else { return raw("null") }
    raw(quoted(text))
  }

  mutating func value(_ number: Int) { raw(String(number)) }
  mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }

  /// Text that is JSON already.
  mutating func raw(_ json: String) {
    separate()
    text += json
    needsComma = true
  }

  mutating func name(_ name: String) {
    separate()
    text += "\""
    text += name
    text += "\":"
    needsComma = false
  }

  private mutating func nest(_ open: String, _ close: String, _ body: (inout JSONText) -> Void) {
    separate()
    text += open
    needsComma = false
    body(&self)
    text += close
    needsComma = true
  }

  private mutating func separate() {
    if needsComma { text += "," }
  }
}

extension JSONText {
  mutating func member(_ name: String, _ text: String?) {
    self.name(name)
    value(text)
  }

  mutating func member(_ name: String, _ number: Int) {
    self.name(name)
    value(number)
  }

  mutating func member(_ name: String, _ flag: Bool) {
    self.name(name)
    value(flag)
  }

  mutating func member(_ name: String, _ texts: [String]) {
    self.name(name)
    array { list in texts.forEach { list.value($0) } }
  }

  mutating func member(_ name: String, raw json: String) {
    self.name(name)
    raw(json)
  }

  mutating func member(_ name: String, object body: (inout JSONText) -> Void) {
    self.name(name)
    object(body)
  }

  mutating func list(_ name: String, _ body: (inout JSONText) -> Void) {
    self.name(name)
    array(body)
  }

  /// One object as text.
  static func object(_ body: (inout JSONText) -> Void) -> String {
    var json = JSONText()
    json.object(body)
    return json.text
  }
}

/// A JSON string with its quotes.
func quoted(_ text: String) -> String {
  guard needsEscape(text) else { return "\"" + text + "\"" }
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20: result += "\\u00" + hex(UInt64(scalar.value), digits: 2)
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}

private func needsEscape(_ text: String) -> Bool {
  let answer = unsafe text.utf8.withContiguousStorageIfAvailable { buffer in
    guard let first = buffer.baseAddress else { return false }
    var offset = 0
    let count = buffer.count
    while offset < count {
      let byte = unsafe first[offset]
      if byte < 0x20 || byte == 0x22 || byte == 0x5C { return true }
      offset &+= 1
    }
    return false
  }
  return answer ?? true
}

/// Lower-case hexadecimal digits, zeros in front.
func hex(_ value: UInt64, digits: Int) -> String {
  let text = String(value, radix: 16)
  return String(repeating: "0", count: max(0, digits - text.count)) + text
}
