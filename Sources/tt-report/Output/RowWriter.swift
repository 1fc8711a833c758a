internal import Console
internal import NDJSON

/// Writes the rows of a listing for machines, one by one.
struct RowWriter {
  private let form: Listing.Form
  private let columns: [Listing.Column]
  private var isFirst = true

  /// - Parameter form: csv, tsv, json or ndjson.
  init(_ form: Listing.Form, _ columns: [Listing.Column], to output: inout StandardOutput) {
    self.form = form
    self.columns = columns
    switch form {
    case .csv, .tsv: writeHeading(to: &output.buffer)
    case .json: output.buffer.append("[\n")
    default: break
    }
  }

  mutating func write(_ row: [Listing.Cell], to output: inout StandardOutput) throws {
    switch form {
    case .csv, .tsv: writeFields(row, to: &output.buffer)
    case .json:
      if !isFirst { output.buffer.append(",\n") }
      writeObject(row, to: &output.buffer)
    default:
      writeObject(row, to: &output.buffer)
      output.buffer.append("\n")
    }
    isFirst = false
    try output.settle()
  }

  func end(_ output: inout StandardOutput) {
    if form == .json { output.buffer.append("\n]\n") }
  }

  private func writeHeading(to buffer: inout OutputBuffer) {
    for (place, column) in columns.enumerated() {
      if place > 0 { buffer.append(separator) }
      buffer.append(text: column.name)
    }
    buffer.append(lineEnd)
  }

  private var separator: StaticString { form == .csv ? "," : "\t" }
  private var lineEnd: StaticString { form == .csv ? "\r\n" : "\n" }

  private func writeFields(_ row: [Listing.Cell], to buffer: inout OutputBuffer) {
    for (place, cell) in row.enumerated() {
      if place > 0 { buffer.append(separator) }
      switch cell {
      case .text(let text), .time(let text): writeField(SafeText.field(text), to: &buffer)
      case .number(let digits): buffer.append(text: digits)
      case .seconds(let seconds): buffer.append(decimal: seconds, per: 60, places: 2)
      case .nothing: break
      }
    }
    buffer.append(lineEnd)
  }

  private func writeField(_ text: String, to buffer: inout OutputBuffer) {
    if form == .csv { buffer.append(csvField: text) } else { buffer.append(text: text) }
  }

  private func writeObject(_ row: [Listing.Cell], to buffer: inout OutputBuffer) {
    for (place, cell) in row.enumerated() {
      buffer.append(place == 0 ? "{\"" : ",\"")
      buffer.append(text: columns[place].name)
      buffer.append("\":")
      switch cell {
      case .text(let text), .time(let text): buffer.append(safeJSON: text)
      case .number(let digits): buffer.append(text: digits)
      case .seconds(let seconds): buffer.append(decimal: seconds, per: 60, places: 2)
      case .nothing: buffer.append("null")
      }
    }
    buffer.append("}")
  }
}

/// A listing on its way out: machines get each row at once, what people look at is laid out when all rows are there.
struct ListingOutput: ~Copyable {
  private var list: Listing
  private let options: ListingOptions
  private var output = StandardOutput()
  private var writer: RowWriter?

  init(_ list: Listing, _ options: ListingOptions) {
    self.list = list
    self.options = options
  }

  mutating func take(_ row: [Listing.Cell]) throws {
    guard options.format.isForMachines else { return list.rows.append(row) }
    begin()
    try writer?.write(row, to: &output)
  }

  consuming func close(_ world: World) throws {
    guard options.format.isForMachines else { return try options.write([list], world) }
    begin()
    writer?.end(&output)
    try output.close()
  }

  /// Nothing is written before the first row is there: a source that can't be read leaves the output empty.
  private mutating func begin() {
    if writer == nil { writer = RowWriter(options.format, list.columns, to: &output) }
  }
}

extension Listing.Form {
  /// Whether rows stand by themselves.
  var isForMachines: Bool {
    switch self {
    case .csv, .tsv, .json, .ndjson: true
    case .table, .markdown, .html, .xlsx: false
    }
  }
}
