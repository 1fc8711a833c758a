/// How category names compare: as Outlook does, without regard to case.
package enum CategoryName {
  /// What two spellings of the same category share; stored as `name_key`, so that every engine agrees.
  package static func key(_ name: String) -> String { name.lowercased() }

  /// Whether the name and what it compares by fit their columns.
  package static func fits(_ name: String) -> Bool {
    guard name.utf8.count > Limit.categoryName || name.utf8.count * 2 > Limit.categoryKey else {
      return true
    }
    return name.utf16.count <= Limit.categoryName && key(name).utf16.count <= Limit.categoryKey
  }
}
