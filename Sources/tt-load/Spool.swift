import NDJSON

/// Bytes that wait for their round's end: in memory while there are few, in a file when there are many.
struct Spool: ~Copyable {
  /// Where a piece stands.
  struct Piece: Equatable {
    let offset: Int
    let length: Int
  }

  private var memory = OutputBuffer(capacity: 1 << 12)
  private var file: ScratchFile?
  /// A part of the file that was read last.
  private var window: [UInt8] = []
  private var windowStart = 0
  private var windowLength = 0
  private static let windowSize = 1 << 18

  /// How many bytes are held in memory.
  var bytesInMemory: Int { memory.count }

  init() {}

  mutating func append(_ bytes: RawSpan) -> Piece {
    let offset = (file?.count ?? 0) + memory.count
    memory.append(bytes)
    return Piece(offset: offset, length: bytes.byteCount)
  }

  /// Moves what is in memory to the file.
  mutating func spill(folder: String) throws {
    if file == nil { file = try ScratchFile(folder: folder) }
    try memory.withBytes { try file?.append($0) }
    memory = OutputBuffer(capacity: 1 << 12)
  }

  /// The bytes of a piece, for the time of the call; cheap when pieces are asked for in order.
  mutating func with<Result>(_ piece: Piece, _ body: (RawSpan) throws -> Result) throws -> Result {
    let inFile = file?.count ?? 0
    if piece.offset >= inFile {
      let start = piece.offset - inFile
      return try memory.withBytes { try body($0.extracting(start..<start + piece.length)) }
    }
    try readWindow(for: piece, upTo: inFile)
    let start = piece.offset - windowStart
    return try unsafe body(window.span.bytes.extracting(start..<start + piece.length))
  }

  private mutating func readWindow(for piece: Piece, upTo end: Int) throws {
    let isInside =
      piece.offset >= windowStart
      && piece.offset + piece.length <= windowStart + windowLength
    guard !isInside else { return }
    windowStart = piece.offset
    windowLength = min(max(piece.length, Self.windowSize), end - piece.offset)
    try file?.read(at: windowStart, windowLength, into: &window)
  }
}
