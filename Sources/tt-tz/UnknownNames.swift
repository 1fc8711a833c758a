/// The names of zones that nobody knew, each once.
struct UnknownNames {
  typealias Number = Int

  /// A stream may hold any number of wrong names; these many are told apart.
  private static let limit = 200
  private static let lengthLimit = 80

  private(set) var names: [String] = []
  private(set) var counts: [Int] = []
  private var numbers: [String: Number] = [:]

  mutating func number(of name: String) -> Number {
    let short = name.count <= Self.lengthLimit ? name : name.prefix(Self.lengthLimit) + "…"
    let key = names.count < Self.limit || numbers[short] != nil ? short : "…"
    if let number = numbers[key] { return number }
    names.append(key)
    counts.append(0)
    numbers[key] = names.count - 1
    return names.count - 1
  }

  /// Notes an event that had to do without this zone.
  mutating func count(_ number: Number) { counts[number] += 1 }
}
