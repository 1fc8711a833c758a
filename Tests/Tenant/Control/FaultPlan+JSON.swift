import NDJSON

/// Why a plan cannot be used.
struct FaultPlanFailure: Error {
  let message: String
}

extension FaultPlan {
  /// Reads what was posted; members that are absent have their defaults, unknown ones are refused.
  init(_ tree: JSONTree) throws(FaultPlanFailure) {
    guard case .object(let members) = tree else {
      throw FaultPlanFailure(message: "a plan is a JSON object")
    }
    for (name, value) in members { try set(name, value) }
  }

  private mutating func set(_ name: String, _ value: JSONTree) throws(FaultPlanFailure) {
    switch name {
    case "rate": rate = try number(name, value)
    case "tokenRate": tokenRate = try number(name, value)
    case "retryAfter": retryAfter = try number(name, value)
    case "latencyMs": latencyMilliseconds = Int(try number(name, value))
    case "tokenLifetime": tokenLifetime = Int(try number(name, value))
    case "refuseToken": refuseToken = Int(try number(name, value))
    case "clockSkewSeconds": clockSkewSeconds = Int(try number(name, value))
    case "requestsAtOnce": requestsAtOnce = Int(try number(name, value))
    case "claimsChallenge": challengesClaims = value.bool ?? false
    case "kinds": kinds = try kinds(value)
    case "mailboxes": behaviours = try behaviours(value)
    default: throw FaultPlanFailure(message: "unknown member: \(name)")
    }
  }

  private func number(_ name: String, _ value: JSONTree) throws(FaultPlanFailure) -> Double {
    guard case .number(let text) = value, let number = Double(text),
      number >= 0 || name.hasPrefix("clock")
    else { throw FaultPlanFailure(message: "\(name) must be a number") }
    return number
  }

  private func kinds(_ value: JSONTree) throws(FaultPlanFailure) -> [Kind] {
    var result: [Kind] = []
    for element in value.array {
      guard let kind = element.string.flatMap({ Kind(rawValue: $0) }) else {
        let names = Kind.allCases.map(\.rawValue).joined(separator: ", ")
        throw FaultPlanFailure(message: "kinds are \(names)")
      }
      result.append(kind)
    }
    return result
  }

  private func behaviours(_ value: JSONTree) throws(FaultPlanFailure) -> [String: Behaviour] {
    guard case .object(let members) = value else {
      throw FaultPlanFailure(message: "mailboxes is an object of names and behaviours")
    }
    var result: [String: Behaviour] = [:]
    for (name, element) in members {
      guard let behaviour = element.string.flatMap({ Behaviour(rawValue: $0) }) else {
        let names = Behaviour.allCases.map(\.rawValue).joined(separator: ", ")
        throw FaultPlanFailure(message: "behaviours are \(names)")
      }
      result[name.lowercased()] = behaviour
    }
    return result
  }
}

extension Tenant {
  /// `POST /_control/faults`: from now on this goes wrong, and nothing else.
  func setFaults(_ request: Request) -> Response {
    guard let tree = try? JSONTree(request.body.isEmpty ? Array("{}".utf8) : request.body) else {
      return refuse("the body is not JSON")
    }
    do throws(FaultPlanFailure) {
      var plan = try FaultPlan(tree)
      let people = world.withLock { $0.people }
      // A mailbox may be named by id or principal name; it is looked up by id.
      plan.behaviours = Dictionary(
        plan.behaviours.map { name, behaviour in
          let person = people.first { $0.userPrincipalName.lowercased() == name || $0.id == name }
          return (person?.id ?? name, behaviour)
        }, uniquingKeysWith: { first, _ in first })
      faults.withLock { $0 = plan }
      tokens.withLock { $0.requiresClaims = plan.challengesClaims }
      return .object { $0.member("faults", "set") }
    } catch {
      return refuse(error.message)
    }
  }
}
