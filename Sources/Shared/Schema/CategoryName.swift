/// How category names compare: as Outlook does, without regard to case.
package enum CategoryName {
  /// What two spellings of the same category share; stored as `name_key`, so that every engine agrees.
  package static func key(_ name: String) -> String { name.lowercased() }
}
