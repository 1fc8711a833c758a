internal import Schema

/// What a category stands for, and the name that a report shows of it.
struct CategoryNames: Sendable {
  enum Designation: String, Sendable { case project, activity, none }

  private static let projectMarker = "[project]"
  private static let activityMarker = "[activity]"

  /// Designations by key, across persons.
  private var designations: [String: Designation] = [:]
  /// How each category was spelled when it was first seen, by its key.
  private var spellings: [String: String] = [:]

  /// The category as it was spelled first: names that differ only in case are one category, as in Outlook.
  mutating func spelling(of name: String) -> String {
    let key = CategoryName.key(name)
    if let spelling = spellings[key] { return spelling }
    spellings[key] = name
    return name
  }

  mutating func designate(_ name: String, as designation: Designation) {
    designations[CategoryName.key(name)] = designation
  }

  func designation(of name: String) -> Designation? { designations[CategoryName.key(name)] }

  func isProject(_ name: String) -> Bool {
    if let designation = designation(of: name) { return designation == .project }
    return Self.contains(Self.projectMarker, name)
  }

  func isActivity(_ name: String) -> Bool {
    if let designation = designation(of: name) { return designation == .activity }
    return Self.contains(Self.activityMarker, name)
  }

  /// The name without markers, runs of white space as one space; one that is nothing but markers stays.
  static func shown(_ name: String) -> String {
    let bare = collapsed(removing([projectMarker, activityMarker], from: name))
    return bare.isEmpty ? collapsed(name) : bare
  }

  /// The text without white space at its ends, and with one space for each run inside.
  static func collapsed(_ text: String) -> String {
    let words = text.unicodeScalars.split { $0.properties.isWhitespace }
    return words.map { String(Substring($0)) }.joined(separator: " ")
  }

  private static func contains(_ marker: String, _ name: String) -> Bool {
    firstRange(of: Array(marker.utf8), in: Array(name.utf8)) != nil
  }

  private static func removing(_ markers: [String], from name: String) -> String {
    var bytes = Array(name.utf8)
    for marker in markers {
      while let range = firstRange(of: Array(marker.utf8), in: bytes) {
        bytes.replaceSubrange(range, with: [0x20])
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Letters compare in any case; markers have none but ASCII.
  private static func firstRange(of marker: [UInt8], in bytes: [UInt8]) -> Range<Int>? {
    guard bytes.count >= marker.count else { return nil }
    for start in 0...bytes.count - marker.count {
      let isHere = marker.indices.allSatisfy { index in
        let byte = bytes[start + index]
        let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
        return (isCapital ? byte | 0x20 : byte) == marker[index]
      }
      if isHere { return start..<start + marker.count }
    }
    return nil
  }
}

extension Catalog {
  /// What an event's categories make of it.
  mutating func labels(ofCategories names: [String], _ meaning: CategoryNames) -> Int32 {
    var labels = Labels()
    labels.projects = shares(
      names.filter(meaning.isProject).map(CategoryNames.shown), in: \.projects)
    labels.activities = shares(
      names.filter(meaning.isActivity).map(CategoryNames.shown), in: \.activities)
    labels.categories = shares(names.map(CategoryNames.collapsed), in: \.categories)
    return number(of: labels)
  }

  /// Each name once, in order of code points.
  mutating func shares(
    _ names: [String], in table: WritableKeyPath<Catalog, NameTable>
  ) -> [Labels.Share] {
    let numbers = Set(names.map { self[keyPath: table].number(of: $0) })
    return numbers.sorted { precedes(self[keyPath: table][$0], self[keyPath: table][$1]) }
      .map { Labels.Share(name: $0) }
  }
}
