import ArgumentParser
import Console
import CurlTransport
import HTTP
import Identity

/// `tt-auth logout`: forget tokens.
struct Logout: Tool {
  static let configuration = CommandConfiguration(
    abstract: "Forget all cached tokens.",
    discussion: "A token that was given out stays good until it expires.")

  @OptionGroup var common: CommonOptions

  func run(_ world: World) throws {
    guard let folder = TokenCache.folder(world.environment) else {
      throw Failure(.configuration, "HOME is not set", hint: "set XDG_CACHE_HOME or HOME")
    }
    let count = try TokenCache.removeAll(in: folder)
    world.log.info(count == 0 ? "no tokens were kept" : "\(count) forgotten")
  }
}

/// The connection to servers, trusting what the system or `SSL_CERT_FILE` trusts.
func makeTransport(_ world: World) throws -> CurlTransport {
  do {
    var settings = CurlSettings(
      userAgent: "TrackTime365/\(productVersion)",
      certificateFile: world.environment["SSL_CERT_FILE"])
    settings.stallSeconds = 30
    return try CurlTransport(settings)
  } catch {
    throw Failure(.software, error.description)
  }
}
