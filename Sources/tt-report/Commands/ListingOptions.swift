internal import ArgumentParser
internal import Console
internal import NDJSON

/// The form of a list.
struct ListingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("table, csv, tsv, json, ndjson, markdown, html or xlsx.", valueName: "form"))
  var format = Listing.Form.table

  @Option(help: ArgumentHelp("Durations as h:mm, hours or minutes.", valueName: "unit"))
  var unit = DurationUnit.clock

  func refuseTerminal() throws { if format == .xlsx { try refuseWorkbookOnTerminal() } }

  /// Writes lists one after the other; people see a blank line between them.
  func write(_ lists: [Listing], _ world: World) throws {
    var output = StandardOutput()
    for (place, list) in lists.enumerated() {
      if place > 0, format == .table || format == .markdown { output.buffer.append("\n") }
      try list.write(format, unit: unit, to: &output, world.environment)
    }
    try output.close()
  }
}
