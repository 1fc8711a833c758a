import ArgumentParser
import Console
import CurlTransport
import HTTP
import Identity
import Records

/// Whose mailboxes are read, and how hard the service is asked.
struct SelectionOptions: ParsableArguments {
  @Argument(help: "- reads token, state and user records from standard input.")
  var input: String?

  @OptionGroup var identity: IdentityOptions

  @Option(
    help: ArgumentHelp(
      "Read these people, by id, user principal name or mail address.", valueName: "name,…"))
  var user: [String] = []

  @Option(help: ArgumentHelp("Read the members of this group.", valueName: "id"))
  var group: String?

  @Flag(inversion: .prefixedNo, help: "Leave out guests, who have no mailbox here.")
  var skipGuests = true

  @Option(help: ArgumentHelp("Read only part K of N of the mailboxes.", valueName: "K/N"))
  var shard: Shard = Shard(number: 1, count: 1)

  @Option(help: ArgumentHelp("How many mailboxes to read at a time.", valueName: "count"))
  var parallel = 16

  @Option(
    help: ArgumentHelp(
      "How many requests to send to one mailbox at a time, 1 to 4.", valueName: "count"))
  var mailboxParallel = 1

  @Option(help: ArgumentHelp("How long to wait for one mailbox in all.", valueName: "seconds"))
  var maxRetrySeconds = 300

  func validate() throws {
    guard input == nil || input == "-" else {
      throw ValidationError(
        "the only input is -, standard input; did you mean --user \(input ?? "")?")
    }
    guard (1...512).contains(parallel) else {
      throw ValidationError("--parallel takes a number from 1 to 512")
    }
    guard (1...Lane.count).contains(mailboxParallel) else {
      throw ValidationError("--mailbox-parallel takes a number from 1 to \(Lane.count)")
    }
    guard maxRetrySeconds >= 0 else {
      throw ValidationError("--max-retry-seconds takes a number from 0")
    }
    guard user.isEmpty || !userNames.isEmpty else {
      throw ValidationError("--user names nobody")
    }
    guard user.isEmpty || group == nil else {
      throw ValidationError("--user and --group exclude each other")
    }
  }

  var userNames: [String] {
    user.flatMap { $0.split(separator: ",") }
      .map { $0.split(separator: " ").joined(separator: " ") }.filter { !$0.isEmpty }
  }

  /// Whoever was named is wanted, guests too.
  var filter: PeopleFilter { PeopleFilter(skipsGuests: skipGuests && user.isEmpty, shard: shard) }
}

extension Shard: ExpressibleByArgument {
  init?(argument: String) { self.init(argument) }

  var defaultValueDescription: String { "\(number)/\(count)" }
}

extension SelectionOptions {
  /// Everything that a run needs, with the inputs read and the doors ready to open.
  func setup(_ world: World, _ rules: ReadingRules) throws -> (FetchRun.Setup, TokenKeeper) {
    let inputs = try input == nil ? Inputs() : Inputs.read()
    let endpoint = try identity.graphEndpoint(world.environment)
    guard let graph = Graph(endpoint: endpoint) else {
      throw Failure(.configuration, "GRAPH_ENDPOINT is no address: \(endpoint)")
    }
    var curl = CurlSettings(
      userAgent: "NONISV|TrackTime365|TrackTime365/\(productVersion)",
      certificateFile: world.environment["SSL_CERT_FILE"])
    // To stand still is to make us wait: no longer than we would for a retry. But the service may think
    // about a page for half a minute, and a slow answer is none that failed.
    curl.stallSeconds = min(curl.stallSeconds, max(maxRetrySeconds, 60))
    var rules = rules
    rules.retrySeconds = Double(maxRetrySeconds)
    let setup = FetchRun.Setup(
      graph: graph, rules: rules, choice: try choice(inputs), filter: filter,
      states: inputs.states, parallel: parallel, mailboxParallel: mailboxParallel,
      log: world.log, curl: curl)
    return (setup, try tokens(inputs, world, curl))
  }

  private func choice(_ inputs: Inputs) throws -> PeopleChoice {
    if let people = inputs.people {
      guard user.isEmpty, group == nil else {
        throw Failure(
          .usage, "people come from standard input and from an option",
          hint: "leave out --user and --group, or the user records")
      }
      return .known(people)
    }
    if let group { return .group(group) }
    return userNames.isEmpty ? .everybody : .named(userNames)
  }

  /// A token from standard input is used as long as it lives; credentials are only needed to renew it.
  private func tokens(
    _ inputs: Inputs, _ world: World, _ curl: CurlSettings
  ) throws -> TokenKeeper {
    let now = SystemClock.unixSeconds
    let given = inputs.token.map { AccessToken($0, now: now) }
    let settings: IdentitySettings
    do {
      settings = try identity.settings(world, scope: nil)
    } catch  where given != nil {
      world.log.debug("no credential to renew the token with")
      return TokenKeeper(given: given, source: nil)
    }
    var curl = curl
    curl.stallSeconds = min(curl.stallSeconds, 30)
    do throws(TransportError) {
      return TokenKeeper(given: given, source: settings.source(world, try CurlTransport(curl)))
    } catch {
      throw Failure(.software, error.description)
    }
  }
}
