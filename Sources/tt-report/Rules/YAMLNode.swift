internal import CYAML

/// A value of a YAML file, and the line on which it begins.
///
/// Every scalar but null is a text: whoever reads it knows what it should be. Anchors and tags are not for rules.
struct YAMLNode: Equatable, Sendable {
  indirect enum Kind: Equatable, Sendable {
    /// `null`, `~`, or nothing at all (YAML 1.2.2, 10.3.2).
    case null
    case scalar(String)
    case list([YAMLNode])
    case map([Pair])
  }

  struct Pair: Equatable, Sendable {
    var key: String
    var line: Int
    var value: YAMLNode
  }

  var kind: Kind
  var line: Int
}

/// Why a file can't be used, and on which line.
struct RuleFault: Error, Equatable, Sendable {
  let line: Int
  let reason: String
}

extension YAMLNode {
  /// The one document of a file; nil when the file says nothing.
  static func parse(_ text: String) throws(RuleFault) -> YAMLNode? {
    var reader = try YAMLReader(text)
    return try reader.document()
  }
}

/// libyaml's parser: events in, a tree out.
///
/// It owns the parser and the text that it reads.
@safe private struct YAMLReader: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let text: UnsafeMutableBufferPointer<UInt8>

  private enum Event {
    case null, scalar(String), listStart, listEnd, mapStart, mapEnd, documentStart, end, alias,
      other
  }

  init(_ source: String) throws(RuleFault) {
    let bytes = Array(source.utf8)
    unsafe text = .allocate(capacity: max(1, bytes.count))
    _ = unsafe text.initialize(fromContentsOf: bytes)
    unsafe parser = .allocate(capacity: 1)
    guard unsafe yaml_parser_initialize(parser) != 0 else {
      throw RuleFault(line: 1, reason: "out of memory")
    }
    unsafe yaml_parser_set_input_string(parser, text.baseAddress, bytes.count)
  }

  deinit {
    unsafe yaml_parser_delete(parser)
    unsafe parser.deallocate()
    unsafe text.deallocate()
  }

  mutating func document() throws(RuleFault) -> YAMLNode? {
    while true {
      let (event, _) = try next()
      if case .end = event { return nil }
      if case .documentStart = event { break }
    }
    let (event, line) = try next()
    let root = try node(event, line)
    while true {
      let (event, line) = try next()
      if case .end = event { return root }
      if case .documentStart = event {
        throw RuleFault(line: line, reason: "a second document begins")
      }
    }
  }

  private mutating func node(_ event: Event, _ line: Int) throws(RuleFault) -> YAMLNode {
    switch event {
    case .null: return YAMLNode(kind: .null, line: line)
    case .scalar(let text): return YAMLNode(kind: .scalar(text), line: line)
    case .listStart: return YAMLNode(kind: .list(try elements()), line: line)
    case .mapStart: return YAMLNode(kind: .map(try pairs()), line: line)
    case .alias: throw RuleFault(line: line, reason: "aliases are not for rules")
    default: throw RuleFault(line: line, reason: "a value is missing")
    }
  }

  private mutating func elements() throws(RuleFault) -> [YAMLNode] {
    var elements: [YAMLNode] = []
    while true {
      let (event, line) = try next()
      if case .listEnd = event { return elements }
      elements.append(try node(event, line))
    }
  }

  private mutating func pairs() throws(RuleFault) -> [YAMLNode.Pair] {
    var pairs: [YAMLNode.Pair] = []
    while true {
      let (event, line) = try next()
      if case .mapEnd = event { return pairs }
      guard case .scalar(let key) = event else {
        throw RuleFault(line: line, reason: "a name is not a text")
      }
      guard !pairs.contains(where: { $0.key == key }) else {
        throw RuleFault(line: line, reason: "\"\(key)\" stands twice")
      }
      let (value, valueLine) = try next()
      pairs.append(.init(key: key, line: line, value: try node(value, valueLine)))
    }
  }

  private mutating func next() throws(RuleFault) -> (Event, Int) {
    var event = unsafe yaml_event_t()
    guard unsafe yaml_parser_parse(parser, &event) != 0 else { throw problem() }
    defer { unsafe yaml_event_delete(&event) }
    let line = unsafe Int(tt_yaml_line(&event))
    return (unsafe kind(&event), line)
  }

  private func problem() -> RuleFault {
    let words = unsafe tt_yaml_problem(parser).map { unsafe String(cString: $0) }
    return RuleFault(
      line: unsafe Int(tt_yaml_problem_line(parser)), reason: "not YAML: \(words ?? "unknown")")
  }

  private func kind(_ event: UnsafeMutablePointer<yaml_event_t>) -> Event {
    switch unsafe UInt32(tt_yaml_type(event)) {
    case YAML_SCALAR_EVENT.rawValue:
      let bytes = unsafe UnsafeBufferPointer(
        start: tt_yaml_text(event), count: tt_yaml_length(event))
      let text = unsafe String(decoding: bytes, as: UTF8.self)
      let isPlain = unsafe tt_yaml_is_plain(event) != 0
      return isPlain && ["", "~", "null", "Null", "NULL"].contains(text) ? .null : .scalar(text)
    case YAML_SEQUENCE_START_EVENT.rawValue: return .listStart
    case YAML_SEQUENCE_END_EVENT.rawValue: return .listEnd
    case YAML_MAPPING_START_EVENT.rawValue: return .mapStart
    case YAML_MAPPING_END_EVENT.rawValue: return .mapEnd
    case YAML_DOCUMENT_START_EVENT.rawValue: return .documentStart
    case YAML_STREAM_END_EVENT.rawValue: return .end
    case YAML_ALIAS_EVENT.rawValue: return .alias
    default: return .other
    }
  }
}
