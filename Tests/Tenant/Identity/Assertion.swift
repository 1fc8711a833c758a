extension Tenant {
  func check(assertion: String) throws(TokenFailure) {
    throw TokenFailure(
      700_027, "invalid_client", "No certificate is registered for the application.")
  }
}
