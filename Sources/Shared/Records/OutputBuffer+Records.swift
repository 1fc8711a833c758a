package import NDJSON

extension OutputBuffer {
  /// A whole line: `{"record":kind` , then the members that `body` appends, then the end.
  package mutating func append(record kind: RecordKind, _ body: (inout OutputBuffer) -> Void) {
    append("{\"record\":\"")
    append(text: kind.rawValue)
    append("\"")
    body(&self)
    append("}\n")
  }

  /// A comma and the member's name, in front of its value.
  ///
  /// Names are ours and need no escape.
  package mutating func append(member name: StaticString) {
    append(",\"")
    append(name)
    append("\":")
  }

  package mutating func append(member name: StaticString, _ text: String?) {
    append(member: name)
    append(jsonString: text)
  }

  package mutating func append(member name: StaticString, _ number: Int) {
    append(member: name)
    append(integer: number)
  }

  package mutating func append(member name: StaticString, _ flag: Bool?) {
    append(member: name)
    append(json: flag)
  }
}
