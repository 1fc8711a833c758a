import Foundation

/// A fenced block of a Markdown document that a reader could paste into a shell.
///
/// The words behind the opening fence say what is to become of it: `sh run` is a script that must succeed, `console run`
/// has commands behind `$ ` and what they print, `sh norun` needs something that no test has, such as a real tenant.
/// In what is printed, a line `…` stands for any lines, and `…` in a line for any text.
package struct DocumentExample: Sendable, Equatable {
  package enum Purpose: Sendable, Equatable { case run, norun, unmarked }

  /// A command and, from a console block, what it must print.
  package struct Command: Sendable, Equatable {
    package var text: String
    package var output: String?

    package init(text: String, output: String? = nil) {
      self.text = text
      self.output = output
    }
  }

  package let line: Int
  package let purpose: Purpose
  /// What the machine must have besides, from a word such as `needs-duckdb` behind the fence.
  package let need: String?
  package let commands: [Command]

  /// The shell blocks of a document, in order.
  package static func all(in markdown: String) -> [DocumentExample] {
    var result: [DocumentExample] = []
    var open: (fence: Substring, words: [Substring], line: Int, body: [Substring])?
    for (index, line) in markdown.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let text = line.drop { $0 == " " }
      if let block = open {
        if text == block.fence {
          result += example(block.words, block.line, block.body)
          open = nil
        } else {
          open?.body.append(line)
        }
      } else if text.hasPrefix("```") {
        let fence = text.prefix { $0 == "`" }
        open = (fence, text.dropFirst(fence.count).split(separator: " "), index + 1, [])
      }
    }
    return result
  }

  private static func example(
    _ words: [Substring], _ line: Int, _ body: [Substring]
  ) -> [DocumentExample] {
    guard let language = words.first, ["sh", "bash", "console"].contains(language) else {
      return []
    }
    let purpose: Purpose =
      words.contains("run") ? .run : words.contains("norun") ? .norun : .unmarked
    let need = words.first { $0.hasPrefix("needs-") }.map { String($0.dropFirst(6)) }
    let indent = body.filter { !$0.isEmpty }.map { $0.prefix { $0 == " " }.count }.min() ?? 0
    let lines = body.map { String($0.dropFirst(indent)) }
    let commands =
      language == "console" ? console(lines) : [Command(text: lines.joined(separator: "\n"))]
    return [DocumentExample(line: line, purpose: purpose, need: need, commands: commands)]
  }

  /// `$ ` begins a command, `> ` continues it, everything else is what it printed.
  private static func console(_ lines: [String]) -> [Command] {
    var commands: [Command] = []
    for line in lines {
      if line.hasPrefix("$ ") {
        commands.append(Command(text: String(line.dropFirst(2)), output: ""))
      } else if commands.isEmpty {
        continue
      } else if line.hasPrefix("> "), commands[commands.count - 1].output == "" {
        commands[commands.count - 1].text += "\n" + line.dropFirst(2)
      } else {
        commands[commands.count - 1].output? += line + "\n"
      }
    }
    return commands
  }
}

extension DocumentExample.Command {
  /// Whether this was to be expected.
  package func expects(_ printed: String) -> Bool {
    guard let output else { return true }
    return Self.match(Self.lines(output), Self.lines(printed))
  }

  private static func lines(_ text: String) -> ArraySlice<String> {
    var lines = text.components(separatedBy: "\n").map { line in
      String(line.reversed().drop { $0 == " " }.reversed())
    }
    while lines.last == "" { lines.removeLast() }
    return lines[...]
  }

  private static func match(_ pattern: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    guard let first = pattern.first else { return lines.isEmpty }
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains {
        match(pattern.dropFirst(), lines[$0...])
      }
    }
    guard let line = lines.first, matchLine(first, line) else { return false }
    return match(pattern.dropFirst(), lines.dropFirst())
  }

  private static func matchLine(_ pattern: String, _ line: String) -> Bool {
    let parts = pattern.components(separatedBy: "…")
    guard parts.count > 1 else { return pattern == line }
    guard let head = parts.first, let tail = parts.last, line.hasPrefix(head) else { return false }
    var rest = line.dropFirst(head.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.range(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return rest.count >= tail.count && rest.hasSuffix(tail)
  }
}
