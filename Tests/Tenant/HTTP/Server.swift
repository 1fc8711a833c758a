/// Listens on loopback and hands each request to a function; a thread a connection.
struct Server: Sendable {
  let port: Int
  private let descriptor: Int32

  init(port: UInt16) throws {
    let listener = try listenOnLoopback(port: port)
    descriptor = listener.descriptor
    self.port = Int(listener.port)
  }

  /// Starts to accept; returns at once.
  func start(_ respond: @escaping @Sendable (Request) -> Response) {
    let listener = descriptor
    startThread {
      while let connection = acceptConnection(on: listener) {
        startThread { serve(connection, respond) }
      }
    }
  }
}

private func serve(_ descriptor: Int32, _ respond: (Request) -> Response) {
  var connection = Connection(descriptor: descriptor)
  while let request = connection.nextRequest() {
    let response = respond(request)
    guard connection.send(response, to: request), request.keepsAlive else {
      return connection.close(withReset: response.delivery == .reset)
    }
  }
  connection.close(withReset: false)
}
