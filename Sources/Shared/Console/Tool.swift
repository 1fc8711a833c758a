package import ArgumentParser
internal import NDJSON

/// A program or one of its subcommands.
///
/// `run(_:)` opens the doors and makes one call; `main()` is the only place that prints a failure and exits.
package protocol Tool: ParsableCommand {
  var common: CommonOptions { get }
  func run(_ world: World) throws
}

/// What a program gets from outside: its settings and its voice.
package struct World: Sendable {
  package let environment: Environment
  package let log: Log

  package init(environment: Environment, log: Log) {
    self.environment = environment
    self.log = log
  }
}

extension Tool {
  /// Never called: `main()` calls `run(_:)`.
  package func run() throws {
    preconditionFailure("run(_:) is what runs")
  }

  package static func main() {
    openClosedDescriptors()
    ignoreWriteSignals()
    let name = configuration.commandName ?? "tt"
    endProcess(status(of: name))
  }

  private static func status(of name: String) -> ExitStatus {
    do {
      var command = try parseAsRoot()
      if let tool = command as? any Tool { return run(tool, name) }
      // What is no program of ours is the parser's own, and answers by throwing help.
      try command.run()
      return .done
    } catch {
      return reportParsing(error, Log(tool: name, format: Log.Format(asked: CommandLine.arguments)))
    }
  }

  private static func run(_ tool: any Tool, _ name: String) -> ExitStatus {
    let format = tool.common.logFormat
    do {
      let environment = try Environment(envFile: tool.common.envFile)
      let log = Log(tool: name, level: try tool.common.level(environment), format: format)
      environment.warnings.forEach { log.warning($0) }
      try tool.run(World(environment: environment, log: log))
      return .done
    } catch {
      return report(error, Log(tool: name, format: format))
    }
  }

  private static func report(_ error: any Error, _ log: Log) -> ExitStatus {
    switch error {
    case let silent as SilentExit: return silent.status
    case let failure as Failure:
      log.error(failure.message, hint: failure.hint)
      return failure.status
    case is ValidationError, is CleanExit, is ExitCode: return reportParsing(error, log)
    default:
      log.error("\(error)", hint: "this is a fault of the program; please report it")
      return .software
    }
  }

  /// Help and version go to stdout and are no failure; a wrong option is one of usage.
  private static func reportParsing(_ error: any Error, _ log: Log) -> ExitStatus {
    guard exitCode(for: error) == .success else {
      log.error(onOneLine(message(for: error)), hint: "see \(log.tool) --help")
      return .usage
    }
    return printText(fullMessage(for: error), log)
  }

  /// The parser writes known values as a list below its message.
  private static func onOneLine(_ message: String) -> String {
    let lines = message.split(separator: "\n").map { line in
      let text = line.drop { $0 == " " }
      return text.starts(with: "- ") ? text.dropFirst(2) : text
    }
    return lines.dropFirst(2).reduce(lines.prefix(2).joined(separator: " ")) { $0 + ", " + $1 }
  }

  private static func printText(_ text: String, _ log: Log) -> ExitStatus {
    do {
      var output = StandardOutput()
      output.buffer.append(text: text + "\n")
      try output.close()
      return .done
    } catch {
      return report(error, log)
    }
  }
}
