import NDJSON
import Records
import Testing

@Suite struct RecordTests {
  /// What a record's line becomes when it is read and written again.
  private func rewritten(_ line: String) throws -> String {
    let bytes = Array(line.utf8)
    var scanner = ObjectScanner()
    try scanner.scan(bytes.span.bytes)
    var output = OutputBuffer()
    var kinds = RecordKindReader()
    switch kinds.kind(of: bytes.span.bytes, scanner) {
    case .stream: try StreamRecord(bytes.span.bytes, scanner).write(to: &output)
    case .token: try TokenRecord(bytes.span.bytes, scanner).write(to: &output)
    case .user: try UserRecord(bytes.span.bytes, scanner).write(to: &output)
    case .category: try CategoryRecord(bytes.span.bytes, scanner).write(to: &output)
    case .series: try SeriesRecord(bytes.span.bytes, scanner).write(to: &output)
    case .removed: try RemovedRecord(bytes.span.bytes, scanner).write(to: &output)
    case .round: try RoundRecord(bytes.span.bytes, scanner).write(to: &output)
    case .state: try StateRecord(bytes.span.bytes, scanner).write(to: &output)
    case .error: try ErrorRecord(bytes.span.bytes, scanner).write(to: &output)
    case .end: try EndRecord(bytes.span.bytes, scanner).write(to: &output)
    default: break
    }
    return output.withBytes { bytes in
      String(decoding: (0..<bytes.byteCount).map { bytes.byte(at: $0) }, as: UTF8.self)
    }
  }

  @Test(arguments: [
    #"{"record":"stream","version":1,"tool":"tt-fetch 1","run":"r","at":"2026-01-01T00:00:00Z"}"#,
    #"{"record":"token","tokenType":"Bearer","accessToken":"t","expiresAt":"2026-01-01T00:00:00Z","tenantId":"a","clientId":"b","scope":"c","roles":["d","e"]}"#,
    #"{"record":"user","id":"u","userPrincipalName":"a@b","mail":"a@b","displayName":"Ä \" 👩","userType":"Member","accountEnabled":true,"usageLocation":"NL","department":null,"jobTitle":null,"timeZone":"W. Europe Standard Time","workingHours":{"x": [1.0]}}"#,
    #"{"record":"category","user":"u","name":"[PROJECT] Acme","color":"preset4"}"#,
    #"{"record":"category","user":"u","name":"Acme","color":null,"designation":"project"}"#,
    #"{"record":"series","user":"u","calendar":"primary","id":"m"}"#,
    #"{"record":"removed","user":"u","calendar":"c","id":"i","reason":"changed"}"#,
    #"{"record":"round","user":"u","mail":"a@b","calendar":"primary","mode":"delta","window":{"start":"s","end":"e"},"counts":{"event":3,"series":2,"removed":1},"deltaLink":"https://x","startedAt":"a","finishedAt":"b"}"#,
    #"{"record":"state","user":"u","mail":null,"calendar":"primary","mode":"full","window":{"start":"s","end":"e"},"deltaLink":null,"lastFullAt":"f","finishedAt":"b"}"#,
    #"{"record":"error","tool":"tt-fetch","user":"u","mail":"m","code":"MailboxNotEnabledForRESTAPI","message":"x","class":"no-mailbox","httpStatus":404,"requestId":"r"}"#,
    #"{"record":"end","run":"r","counts":{"users":1,"rounds":2,"events":3,"errors":4}}"#,
  ])
  func `a record that is read and written again is the same`(line: String) throws {
    #expect(try rewritten(line) == line + "\n")
  }

  @Test(arguments: [
    (#"{"record":"round","user":"u"}"#, "\"mode\" is missing"),
    (
      #"{"record":"round","user":"u","mode":"half"}"#,
      "\"mode\" is neither full nor delta: \"half\""
    ),
    (#"{"record":"round","user":"u","mode":"full"}"#, "\"window\" is missing"),
    (#"{"record":"round","user":"u","mode":"full","window":[]}"#, "\"window\" is not an object"),
    (#"{"record":"user","id":7}"#, "\"id\" is not a text"),
    (#"{"record":"user","id":null}"#, "\"id\" is missing"),
    (
      #"{"record":"user","id":"a","accountEnabled":"yes"}"#,
      "\"accountEnabled\" is neither true nor false"
    ),
    (#"{"record":"stream","version":1.5}"#, "\"version\" is not a whole number"),
    (
      #"{"record":"category","name":"A","designation":"task"}"#,
      "\"designation\" is none of project, activity, none: \"task\""
    ),
  ])
  func `a record that lacks something says what`(line: String, reason: String) {
    #expect(throws: RecordFault(reason)) { try rewritten(line) }
  }

  @Test(arguments: [
    (Array("a\"b".utf8), #""input":"a\"b"}"#),
    ([0xFF, 0x41], #""inputBase64":"/0E="}"#),
    ([0xFF], #""inputBase64":"/w=="}"#),
    ([0xFF, 0x41, 0x42], #""inputBase64":"/0FC"}"#),
  ])
  func `a reject keeps the line so that it can be played again`(input: [UInt8], end: String) {
    var output = OutputBuffer()
    RejectRecord.write(tool: "tt-tz", line: 7, reason: "r", input: input.span.bytes, to: &output)
    let text = output.withBytes { bytes in
      String(decoding: (0..<bytes.byteCount).map { bytes.byte(at: $0) }, as: UTF8.self)
    }
    #expect(text == #"{"record":"reject","tool":"tt-tz","line":7,"reason":"r","# + end + "\n")
  }
}
