/// How this program talks to servers.
package struct CurlSettings: Sendable {
  package var userAgent: String
  /// A file of certificates to trust in place of the system's.
  package var certificateFile: String?
  /// An answer that grows beyond this is given up.
  package var longestAnswerBytes = 128 << 20
  package var connectSeconds = 30
  /// Longer headers than that are given up too.
  package var longestHeaderBytes = 256 << 10
  /// A transfer that stands still for so long is given up, and so is one that only trickles.
  package var stallSeconds = 120
  /// No answer takes longer than that.
  package var longestSeconds = 900

  package init(userAgent: String, certificateFile: String? = nil) {
    self.userAgent = userAgent
    self.certificateFile = certificateFile
  }
}
