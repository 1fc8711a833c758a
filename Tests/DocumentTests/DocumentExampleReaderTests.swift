import Support
import Testing

@Suite struct DocumentExampleReaderTests {
  @Test func `blocks are read with their purpose, their line and their commands`() {
    let markdown = """
      text
      ```sh run
      one
      two
      ```
      1. item

         ```console run
         $ echo a \\
         > b
         a b
         $ true
         ```
      ```json
      {}
      ```
      ```sh norun
      tt-fetch
      ```
      ```sh
      tt-tz
      ```
      ```sh run needs-duckdb
      x
      ```
      """
    let examples = DocumentExample.all(in: markdown)
    #expect(examples.map(\.line) == [2, 8, 17, 20, 23])
    #expect(examples.map(\.purpose) == [.run, .run, .norun, .unmarked, .run])
    #expect(examples.map(\.need) == [nil, nil, nil, nil, "duckdb"])
    #expect(examples[0].commands == [.init(text: "one\ntwo")])
    #expect(
      examples[1].commands == [
        .init(text: "echo a \\\nb", output: "a b\n"), .init(text: "true", output: ""),
      ])
  }

  @Test(arguments: [
    ("a\nb\n", "a\nb\n", true), ("a\nb\n", "a\n", false), ("a\n…\nd\n", "a\nb\nc\nd\n", true),
    ("a\n…\n", "a\n", true), ("n…s …\n", "numbers 12\n", true), ("n…s 13\n", "numbers 12\n", false),
    ("", "", true), ("", "x\n", false), ("a…a\n", "a\n", false),
  ])
  func `an ellipsis stands for any text or lines`(shown: String, printed: String, isSame: Bool) {
    let command = DocumentExample.Command(text: "x", output: shown)
    #expect(command.expects(printed) == isSame)
  }
}
