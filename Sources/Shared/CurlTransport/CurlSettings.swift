/// How this program talks to servers.
package struct CurlSettings: Sendable {
  package var userAgent: String
  /// A file of certificates to trust in place of the system's.
  package var certificateFile: String?
  /// An answer that grows beyond this is given up.
  package var longestAnswerBytes = 256 << 20
  package var connectSeconds = 30
  /// A transfer that stands still for so long is given up.
  package var stallSeconds = 120

  package init(userAgent: String, certificateFile: String? = nil) {
    self.userAgent = userAgent
    self.certificateFile = certificateFile
  }
}
