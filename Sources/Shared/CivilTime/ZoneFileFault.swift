/// Why bytes are no zone file (RFC 9636).
package enum ZoneFileFault: Error, Equatable, Sendable {
  case noMagic
  case unknownVersion(UInt8)
  case cutShort
  case badCounts
  case unorderedSwitches
  case badType
  case badOffset(Int)
  case badName
  case badLeapSecond
  case noFooter
  case badRule
}

extension ZoneFileFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noMagic: "not a zone file: it doesn't begin with TZif"
    case .unknownVersion(let byte): "a zone file of unknown version \(byte)"
    case .cutShort: "a zone file that is cut short"
    case .badCounts: "a zone file whose counts don't fit together"
    case .unorderedSwitches: "a zone file whose switches are out of order"
    case .badType: "a zone file that names a type it hasn't got"
    case .badOffset(let seconds): "a zone file with an offset of \(seconds) seconds"
    case .badName: "a zone file that names an abbreviation it hasn't got"
    case .badLeapSecond: "a zone file whose leap seconds are out of order"
    case .noFooter: "a zone file without a footer"
    case .badRule: "a zone file whose footer is no rule"
    }
  }
}
