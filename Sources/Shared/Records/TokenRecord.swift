package import NDJSON

/// An access token on the pipe, from tt-auth.
///
/// Never logged, never in an error.
package struct TokenRecord: Equatable, Sendable {
  package var tokenType: String
  package var accessToken: String
  /// RFC 3339, UTC.
  package var expiresAt: String
  package var tenantId: String?
  package var clientId: String?
  package var scope: String?
  package var roles: [String]

  package init(
    tokenType: String = "Bearer", accessToken: String, expiresAt: String, tenantId: String?,
    clientId: String?, scope: String?, roles: [String]
  ) {
    self.tokenType = tokenType
    self.accessToken = accessToken
    self.expiresAt = expiresAt
    self.tenantId = tenantId
    self.clientId = clientId
    self.scope = scope
    self.roles = roles
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    tokenType = try scanner.text("tokenType", line) ?? "Bearer"
    accessToken = try scanner.requiredText("accessToken", line)
    expiresAt = try scanner.requiredText("expiresAt", line)
    tenantId = try scanner.text("tenantId", line)
    clientId = try scanner.text("clientId", line)
    scope = try scanner.text("scope", line)
    roles = scanner.value("roles")?.strings(line) ?? []
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .token) {
      $0.append(member: "tokenType", tokenType)
      $0.append(member: "accessToken", accessToken)
      $0.append(member: "expiresAt", expiresAt)
      $0.append(member: "tenantId", tenantId)
      $0.append(member: "clientId", clientId)
      $0.append(member: "scope", scope)
      $0.append(member: "roles")
      $0.append(jsonStrings: roles)
    }
  }
}

extension OutputBuffer {
  /// An array of JSON strings.
  package mutating func append(jsonStrings texts: [String]) {
    append("[")
    for (index, text) in texts.enumerated() {
      if index > 0 { append(",") }
      append(jsonString: text)
    }
    append("]")
  }
}
