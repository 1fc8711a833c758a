internal import CODBC

/// Reads what the driver has to say about the last call on a handle.
///
/// The wide call is used throughout, so that messages are Unicode with every driver. Some drivers report a
/// message length in bytes, or cut it: the buffer is as long as the standard allows and trusts its terminator.
func diagnostics(_ kind: SQLSMALLINT, _ handle: SQLHANDLE) -> [Diagnostic] {
  var result: [Diagnostic] = []
  // Some drivers hand out the same record for ever.
  for number in 1...SQLSMALLINT(16) {
    guard let next = unsafe diagnostic(kind, handle, number) else { break }
    result.append(next)
  }
  return result
}

private func diagnostic(
  _ kind: SQLSMALLINT, _ handle: SQLHANDLE, _ number: SQLSMALLINT
) -> Diagnostic? {
  var state = [SQLWCHAR](repeating: 0, count: 6)
  var message = [SQLWCHAR](repeating: 0, count: 2048)
  var native = SQLINTEGER(0)
  var length = SQLSMALLINT(0)
  let code = unsafe SQLGetDiagRecW(
    kind, handle, number, &state, &native, &message, SQLSMALLINT(message.count - 1), &length)
  guard succeeded(code) else { return nil }
  return Diagnostic(
    state: String(decoding: state.prefix { $0 != 0 }, as: UTF16.self), native: Int(native),
    message: String(decoding: message.prefix { $0 != 0 }, as: UTF16.self))
}
