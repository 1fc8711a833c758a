import Console
import Testing

@Suite struct PrintableTextTests {
  @Test(arguments: [
    ("Über 日本 👩‍💻", "Über 日本 👩‍💻"),
    ("\u{1B}[31mred", "\\u{1b}[31mred"),
    ("a\nb\tc\u{7F}", "a\\u{a}b\\u{9}c\\u{7f}"),
    ("\u{202E}gnp.exe", "\\u{202e}gnp.exe"),
    ("\u{9B}2J", "\\u{9b}2J"),
  ])
  func `text from outside cannot drive a terminal`(text: String, expected: String) {
    #expect(printable(text) == expected)
  }
}
