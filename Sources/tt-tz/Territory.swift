/// A country by its ISO 3166 code.
struct Territory: Hashable {
  /// Two letters in upper case.
  let code: String

  init?(_ text: String) {
    let letters = text.uppercased()
    guard letters.utf8.count == 2, letters.utf8.allSatisfy({ (0x41...0x5A).contains($0) }) else {
      return nil
    }
    code = letters
  }
}
