internal import Schema

/// Whose events, and which, a report is about; others are no part of it.
struct EntryFilter: Sendable {
  /// Mail addresses or ids, in lower case; nil for everybody.
  var users: Set<String>?
  /// Keys of categories, by their names as they stand or as reports show them; nil for all.
  var categories: Set<String>?

  var isOpen: Bool { users == nil && categories == nil }

  func admits(person id: String?, mail: String?) -> Bool {
    guard let users else { return true }
    return [id, mail].contains { $0.map { users.contains($0.lowercased()) } ?? false }
  }

  func admits(categories names: [String]) -> Bool {
    guard let categories else { return true }
    return names.contains {
      categories.contains(Self.key($0)) || categories.contains(Self.key(CategoryNames.shown($0)))
    }
  }

  /// What a category is found by: its name in any case, and with any white space.
  static func key(_ category: String) -> String {
    CategoryName.key(CategoryNames.collapsed(category))
  }
}
