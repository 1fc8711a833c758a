internal import CODBC

/// The memory that parameters are read from when a statement runs: drivers keep the pointers.
@safe struct ParameterBuffer: ~Copyable {
  /// SQL Server's limit of a text that is not "max"; FreeTDS silently cuts what is bound so and is longer.
  private static let shortLimit = 4000

  /// How many units NVARCHAR(MAX) holds.
  private static let longLimit = (1 << 30) - 1

  private enum Kind { case none, integer, text, longText }

  @unsafe private struct Slot {
    var kind = Kind.none
    var base: UnsafeMutableRawPointer
    var capacity = 64
  }

  private let encoding: Connection.TextEncoding
  private var slots: [Slot] = unsafe []
  private var indicators: UnsafeMutablePointer<SQLLEN>

  init(_ encoding: Connection.TextEncoding) {
    self.encoding = encoding
    unsafe indicators = .allocate(capacity: 1)
  }

  deinit {
    unsafe slots.forEach { unsafe $0.base.deallocate() }
    unsafe indicators.deallocate()
  }

  /// Makes room for so many parameters, before any is set.
  mutating func reserve(_ count: Int) {
    unsafe indicators.deallocate()
    unsafe indicators = .allocate(capacity: max(1, count))
    unsafe slots = (0..<count).map { _ in
      unsafe Slot(base: .allocate(byteCount: 64, alignment: 8))
    }
  }

  mutating func set(_ index: Int, integer: Int?, on statement: SQLHANDLE) -> SQLRETURN {
    unsafe indicators[index] = integer == nil ? Indicator.null : 0
    unsafe slots[index].base.storeBytes(of: integer ?? 0, as: Int.self)
    guard unsafe slots[index].kind != .integer else { return Code.success }
    unsafe slots[index].kind = .integer
    return unsafe SQLBindParameter(
      statement, SQLUSMALLINT(index + 1), SQLSMALLINT(SQL_PARAM_INPUT),
      SQLSMALLINT(TT_SQL_C_SBIGINT), SQLSMALLINT(SQL_BIGINT), 19, 0, slots[index].base, 8,
      indicators + index)
  }

  mutating func set(_ index: Int, utf8: RawSpan?, on statement: SQLHANDLE) -> SQLRETURN {
    guard let utf8 else {
      unsafe indicators[index] = Indicator.null
      return unsafe slots[index].kind == .none || slots[index].kind == .integer
        ? bind(index, .text, on: statement) : Code.success
    }
    let hasMoved = makeRoom(index, encoding == .utf16 ? utf8.byteCount * 2 : utf8.byteCount + 1)
    let byteCount = copy(utf8, to: index)
    unsafe indicators[index] = indicator(of: index, byteCount)
    // What was long once stays so: Microsoft's driver prepares the statement again when a parameter is bound anew.
    let isLong = encoding == .utf16 && byteCount / 2 > Self.shortLimit
    let kind: Kind = unsafe isLong || slots[index].kind == .longText ? .longText : .text
    guard unsafe hasMoved || slots[index].kind != kind else { return Code.success }
    return unsafe bind(index, kind, on: statement)
  }

  /// Returns whether the slot's memory is another now.
  private mutating func makeRoom(_ index: Int, _ byteCount: Int) -> Bool {
    guard unsafe byteCount > slots[index].capacity else { return false }
    let capacity = unsafe max(byteCount, 2 * slots[index].capacity)
    unsafe slots[index].base.deallocate()
    unsafe slots[index].base = .allocate(byteCount: capacity, alignment: 8)
    unsafe slots[index].capacity = capacity
    return true
  }

  /// What the driver is told of a text's length: SQLite's copies each whose length it knows into memory of its own, and
  /// reads one that a zero ends where it lies.
  private func indicator(of index: Int, _ byteCount: Int) -> SQLLEN {
    guard encoding == .utf8 else { return byteCount }
    let zero = unsafe memchr(slots[index].base, 0, byteCount)
    return unsafe zero == nil ? SQLLEN(SQL_NTS) : byteCount
  }

  private func copy(_ utf8: RawSpan, to index: Int) -> Int {
    let base = unsafe slots[index].base
    switch encoding {
    case .utf16:
      return unsafe 2 * UTF16Text.write(utf8, to: base.assumingMemoryBound(to: UInt16.self))
    case .utf8:
      unsafe utf8.withUnsafeBytes { source in
        if let start = source.baseAddress {
          unsafe base.copyMemory(from: start, byteCount: source.count)
        }
        unsafe base.storeBytes(of: 0, toByteOffset: source.count, as: UInt8.self)
      }
      return utf8.byteCount
    }
  }

  /// The one way to bind a long text that is right with both of SQL Server's drivers is `SQL_WLONGVARCHAR` with a
  /// column's size that no text exceeds.
  private mutating func bind(_ index: Int, _ kind: Kind, on statement: SQLHANDLE) -> SQLRETURN {
    unsafe slots[index].kind = kind
    let isWide = encoding == .utf16
    let isLong = kind == .longText
    return unsafe SQLBindParameter(
      statement, SQLUSMALLINT(index + 1), SQLSMALLINT(SQL_PARAM_INPUT),
      SQLSMALLINT(isWide ? SQL_C_WCHAR : SQL_C_CHAR),
      SQLSMALLINT(isLong ? SQL_WLONGVARCHAR : isWide ? SQL_WVARCHAR : SQL_VARCHAR),
      SQLULEN(isLong ? Self.longLimit : isWide ? Self.shortLimit : slots[index].capacity), 0,
      slots[index].base, SQLLEN(slots[index].capacity), indicators + index)
  }
}
