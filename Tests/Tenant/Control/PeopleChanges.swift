extension Tenant {
  /// `POST /_control/people?add=&remove=&unlicense=&rename=`: how many of each; answers with their ids.
  func changePeople(_ request: Request) -> Response {
    let query = request.query
    let summary = world.withLock { world in
      world.changePeople(
        adding: query.integer("add") ?? 0, removing: query.integer("remove") ?? 0,
        unlicensing: query.integer("unlicense") ?? 0, renaming: query.integer("rename") ?? 0,
        mix: settings.mix)
    }
    return .object { json in
      for (name, ids) in summary { json.member(name, ids) }
    }
  }
}

extension World {
  mutating func changePeople(
    adding: Int, removing: Int, unlicensing: Int, renaming: Int, mix: EventMix
  ) -> [(String, [String])] {
    changeRounds += 1
    var random = SeededRandom(seed, "people", String(changeRounds))
    let before = people.count
    for _ in 0..<adding {
      memberCount += 1
      addMember(memberCount - 1, mix)
    }
    let added = people[before...].map(\.id)
    var removed: [String] = []
    var unlicensed: [String] = []
    var renamed: [String] = []
    let chosen = { (world: World, random: inout SeededRandom) -> Int? in
      let indices = world.people.indices.filter {
        world.people[$0].access == .readable && !added.contains(world.people[$0].id)
      }
      return indices.isEmpty ? nil : random.pick(indices)
    }
    for _ in 0..<removing {
      guard let index = chosen(self, &random) else { break }
      let person = people.remove(at: index)
      mailboxes[person.id] = nil
      removed.append(person.id)
    }
    for _ in 0..<unlicensing {
      guard let index = chosen(self, &random) else { break }
      people[index].access = .noMailbox
      unlicensed.append(people[index].id)
    }
    for _ in 0..<renaming {
      guard let index = chosen(self, &random) else { break }
      let name = "renamed\(changeRounds).\(people[index].userPrincipalName)"
      people[index].userPrincipalName = name
      people[index].mail = name
      people[index].displayName += " (renamed)"
      renamed.append(people[index].id)
    }
    directoryChanges += added + removed + unlicensed + renamed
    return [
      ("added", added), ("removed", removed), ("unlicensed", unlicensed), ("renamed", renamed),
    ]
  }
}
