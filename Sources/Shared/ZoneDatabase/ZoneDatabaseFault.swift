package import CivilTime

/// Why the system's tz database is of no use.
package enum ZoneDatabaseFault: Error, Equatable, Sendable {
  /// None of the folders is there.
  case missing([String])
  /// A file is there and can't be read: its path and the system's words.
  case unreadable(String, String)
  /// A zone file that is damaged.
  case malformed(String, ZoneFileFault)
}

extension ZoneDatabaseFault: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let folders):
      "no tz database at \(folders.joined(separator: ", "))"
    case .unreadable(let path, let reason): "cannot read \(path): \(reason)"
    case .malformed(let path, let fault): "\(path) is \(fault)"
    }
  }

  /// What to do about it.
  package var hint: String {
    switch self {
    case .missing: "install tzdata, or set TZDIR to a folder of zone files"
    case .unreadable, .malformed: "install tzdata again, or set TZDIR to another folder"
    }
  }
}
