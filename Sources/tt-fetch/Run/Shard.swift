/// One of several runs that share the tenant's mailboxes among them.
struct Shard: Equatable, Sendable {
  var number: Int
  var count: Int

  /// Reads `K/N`, K from 1 to N.
  init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]), count >= 1,
      (1...count).contains(number)
    else { return nil }
    self.init(number: number, count: count)
  }

  init(number: Int, count: Int) {
    self.number = number
    self.count = count
  }

  /// Each id belongs to one shard, on every machine and in every version (FNV-1a, 64 bits).
  func includes(_ id: String) -> Bool {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in id.utf8 {
      let lower = byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
      hash = (hash ^ UInt64(lower)) &* 0x0000_0100_0000_01B3
    }
    return Int(hash % UInt64(count)) + 1 == number
  }
}
