/// One person's calendars and all that ever happened in them.
struct Mailbox: Sendable {
  struct Category: Sendable {
    let id: String
    let name: String
    let color: String
  }

  struct Calendar: Sendable {
    let name: String
    let color: String
  }

  /// What remains of a deleted or moved item for those who track changes.
  struct Tombstone: Sendable {
    let key: ItemKey
    let calendar: Int
    let changed: Int
  }

  var calendars: [Calendar]
  var categories: [Category]
  /// Ascending by number.
  private(set) var items: [CalendarItem] = []
  private(set) var tombstones: [Tombstone] = []
  /// Counts changes; an item carries the number of its last one.
  private(set) var changes = 0
  private var lastNumber = 0
  private let owner: String
  private let seed: Int

  init(owner: String, seed: Int, calendars: [Calendar], categories: [Category]) {
    self.owner = owner
    self.seed = seed
    self.calendars = calendars
    self.categories = categories
  }

  /// Adds an item and gives it its number and ids.
  mutating func add(_ draft: Draft, calendar: Int = 0, at instant: Int) {
    lastNumber += 1
    add(draft, key: ItemKey(seed: seed, user: owner, number: lastNumber), calendar, instant)
  }

  /// Adds an item whose id differs from the last one's only in case.
  mutating func addTwin(_ draft: Draft, at instant: Int) {
    guard let last = items.last else { return }
    lastNumber += 1
    add(draft, key: last.key.twin, last.calendar, instant)
  }

  private mutating func add(_ draft: Draft, key: ItemKey, _ calendar: Int, _ instant: Int) {
    changes += 1
    items.append(
      CalendarItem(
        draft, number: lastNumber, key: key, calendar: calendar, changed: changes, at: instant))
  }

  /// Changes an item; its version and modification time follow.
  mutating func change(_ index: Int, at instant: Int, _ body: (inout CalendarItem) -> Void) {
    changes += 1
    body(&items[index])
    items[index].touch(changes, at: instant)
  }

  mutating func remove(_ index: Int) {
    changes += 1
    let item = items.remove(at: index)
    tombstones.append(Tombstone(key: item.key, calendar: item.calendar, changed: changes))
  }

  mutating func move(_ index: Int, to calendar: Int, at instant: Int) {
    let old = items[index]
    change(index, at: instant) { $0.calendar = calendar }
    tombstones.append(Tombstone(key: old.key, calendar: old.calendar, changed: changes))
  }

  /// An item that is about to be added.
  struct Draft: Sendable {
    var zoneName: String
    var content: Content
    var shape: CalendarItem.Shape
  }
}
