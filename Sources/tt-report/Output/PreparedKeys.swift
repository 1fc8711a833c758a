internal import NDJSON

/// The texts of keys as a form writes them, each made once.
struct PreparedKeys {
  private let table: HoursTable
  private let texts: KeyText
  private let prepare: (String, inout OutputBuffer) -> Void
  /// All texts, one behind the other, and where each stands.
  private var bytes: [UInt8] = []
  private var known: [[UInt32: Range<Int>]]
  /// For each key some that were looked for before, by the last bits of their values: days follow one another.
  private var recent: [(value: UInt32, range: Range<Int>)]
  private static let recentBits = 10

  init(_ form: ReportForm, _ prepare: @escaping (String, inout OutputBuffer) -> Void) {
    table = form.main
    texts = form.texts
    self.prepare = prepare
    known = Array(repeating: [:], count: table.keys.count)
    recent = Array(repeating: (0, 0..<0), count: table.keys.count << Self.recentBits)
  }

  /// Appends the text of one key of a row.
  mutating func append(_ row: Int, _ place: Int, to buffer: inout OutputBuffer) {
    let value = table.key(row, place)
    let slot = place &<< Self.recentBits | Int(value) & (1 &<< Self.recentBits - 1)
    if recent[slot].value != value || recent[slot].range.isEmpty {
      recent[slot] = (value, range(of: value, place))
    }
    unsafe buffer.append(bytes.span.bytes, recent[slot].range)
  }

  private mutating func range(of value: UInt32, _ place: Int) -> Range<Int> {
    if let range = known[place][value] { return range }
    var buffer = OutputBuffer(capacity: 256)
    prepare(texts.text(table.keys[place], value) ?? KeyText.none, &buffer)
    let start = bytes.count
    buffer.withBytes { text in
      unsafe text.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }
    known[place][value] = start..<bytes.count
    return start..<bytes.count
  }
}

extension OutputBuffer {
  /// A quotient in decimal digits, halves rounded up, without zeros at its end.
  @inline(__always)
  mutating func append(decimal value: Int, per divisor: Int, places: Int) {
    var scale = 1
    for _ in 0..<places { scale *= 10 }
    let scaled = (abs(value) * scale * 2 + divisor) / (divisor * 2)
    if value < 0, scaled > 0 { append(UInt8(ascii: "-")) }
    append(integer: scaled / scale)
    var fraction = scaled % scale
    guard fraction > 0 else { return }
    var width = places
    while fraction % 10 == 0 {
      fraction /= 10
      width -= 1
    }
    append(UInt8(ascii: "."))
    append(integer: fraction, width: width)
  }
}
