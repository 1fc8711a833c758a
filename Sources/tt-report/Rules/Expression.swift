internal import CRE2

/// A regular expression in the syntax of RE2, found anywhere in a text; case doesn't matter.
///
/// Subjects are written by whoever sends an invitation: RE2 searches them in time that grows with their length and no
/// faster, whatever the expression (https://github.com/google/re2/wiki/WhyRE2). It knows no back-references and no
/// look-around for that reason.
@safe final class Expression {
  private let expression: OpaquePointer

  init(_ source: String) throws(ExpressionFault) {
    var source = source
    let expression = source.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        unsafe tt_re2_compile(text.baseAddress, text.count)
      }
    }
    guard let expression = unsafe expression else { throw ExpressionFault(reason: "no memory") }
    unsafe self.expression = expression
    if let fault = unsafe tt_re2_fault(expression) {
      throw ExpressionFault(reason: unsafe String(cString: fault))
    }
  }

  deinit { unsafe tt_re2_free(expression) }

  func isFound(in text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { text in
        unsafe tt_re2_is_found(expression, text.baseAddress, text.count)
      }
    }
  }
}

/// Why something is no regular expression.
struct ExpressionFault: Error {
  let reason: String
}
