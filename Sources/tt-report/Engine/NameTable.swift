/// Texts as numbers: each text, told apart by its bytes, has one.
struct NameTable: Sendable {
  private(set) var names: [String] = []
  private var numbers: [Bytes: UInt32] = [:]

  /// A string compares as equal to others that are spelled with other code points; bytes don't.
  private struct Bytes: Hashable, Sendable {
    let utf8: [UInt8]
  }

  var count: Int { names.count }

  mutating func number(of name: String) -> UInt32 {
    let key = Bytes(utf8: Array(name.utf8))
    if let number = numbers[key] { return number }
    let number = UInt32(names.count)
    names.append(name)
    numbers[key] = number
    return number
  }

  subscript(_ number: UInt32) -> String { names[Int(number)] }

  /// For each number, its place in the order of the texts' code points.
  func ranks() -> [UInt32] {
    let order = names.indices.sorted { precedes(names[$0], names[$1]) }
    var ranks = [UInt32](repeating: 0, count: names.count)
    for (rank, index) in order.enumerated() { ranks[index] = UInt32(rank) }
    return ranks
  }
}
