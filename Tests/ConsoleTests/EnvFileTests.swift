import Console
import Testing

@Suite struct EnvFileTests {
  @Test(arguments: [
    ("", []),
    ("# nothing\n\n  # else\n", []),
    ("A=1\nB = two words \n", ["A=1", "B=two words"]),
    ("export A=1\r\nB=2\r\n", ["A=1", "B=2"]),
    ("SECRET=a#b~c+d/e==\n", ["SECRET=a#b~c+d/e=="]),
    ("A=1 # a comment\n", ["A=1"]),
    ("A='  $B # \\n '\n", ["A=  $B # \\n "]),
    ("A=\"x\\ny \\\"z\\\" \\\\ \\$\" # c\n", ["A=x\ny \"z\" \\ $"]),
    ("A=\n", ["A="]),
  ])
  func `settings are read as people write them`(text: String, expected: [String]) throws {
    let pairs = try EnvFile.parse(text, path: ".env")
    #expect(pairs.map { "\($0)=\($1)" } == expected)
  }

  @Test(arguments: ["A", "A B=1", "=1", "A=\"open", "A='open", "1\n"])
  func `a line that is no setting is named`(text: String) {
    let expected = Failure(
      .configuration, ".env line 2: not NAME=value", hint: "comments begin with #")
    #expect(throws: expected) { try EnvFile.parse("OK=1\n" + text, path: ".env") }
  }
}
