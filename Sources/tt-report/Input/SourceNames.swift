internal import Records

/// What a source says besides its events: people with their mailboxes' settings, categories and their meaning.
struct SourceNames: Sendable {
  struct Category: Sendable {
    var name: String
    var color: String?
  }

  var meaning = CategoryNames()
  /// Each category once, as it was spelled first.
  private(set) var categories: [Category] = []
  private(set) var users: [UserRecord] = []
  private var categoryNames = NameTable()
  private var userIDs = NameTable()

  /// Keeps a category, and the first colour that it has anywhere.
  mutating func add(category name: String, color: String? = nil) {
    let place = Int(categoryNames.number(of: name))
    if place == categories.count {
      categories.append(Category(name: name, color: color))
    } else if categories[place].color == nil {
      categories[place].color = color
    }
  }

  /// Keeps the last word about a user.
  mutating func add(user: UserRecord) {
    let place = Int(userIDs.number(of: user.id))
    if place == users.count { users.append(user) } else { users[place] = user }
  }
}
