/// A name in place of a person's: the same for the same mail address, in every report.
///
/// It hides who is who from readers of a report, not from somebody who has a list of addresses to try.
enum Pseudonym {
  /// For example `person-3f9a1c20b7`.
  static func of(_ mail: String) -> String {
    // FNV-1a over the address, in any case, then a finish that lets each bit count for all.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in mail.lowercased().utf8 { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
    hash ^= hash >> 33
    hash = hash &* 0xFF51_AFD7_ED55_8CCD
    hash ^= hash >> 33
    let digits = String(hash >> 24, radix: 16)
    return "person-" + String(repeating: "0", count: 10 - digits.count) + digits
  }
}
