/// The simulated tenant: what it holds, and what it remembers of its clients.
final class Tenant: Sendable {
  let settings: Settings
  let zones = ZoneCatalogue()
  let world: Locked<World>
  let tokens: Locked<TokenStore>
  let deltas = Locked(DeltaBook())
  let views = Locked(ViewCache())
  let texts = Locked(EventTexts.Shelf())
  let faults = Locked(FaultPlan())
  let traffic = Locked(Traffic())
  /// Assertions that were used; none counts twice.
  let usedAssertions = Locked(Set<String>())
  let base: String
  private let requests = Locked(0)

  init(_ settings: Settings, base: String) {
    self.settings = settings
    self.base = base
    var world = World(seed: settings.seed, now: settings.now)
    world.populate(people: settings.people, events: settings.mix)
    self.world = Locked(world)
    tokens = Locked(TokenStore(seed: settings.seed))
  }

  /// Counts a request; the number makes its id and its fate.
  func nextRequestNumber() -> Int {
    requests.withLock { count in
      count += 1
      return count
    }
  }
}
