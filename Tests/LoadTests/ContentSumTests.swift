import Testing

@testable import tt_load

@Suite struct ContentSumTests {
  private func sum(_ contents: [Int]) -> ContentSum { ContentSum(of: contents) }

  @Test func `order doesn't count, every hash does`() {
    var contents = (0..<1000).map { _ in Int.random(in: .min ... .max) }
    let whole = sum(contents)
    #expect(sum(contents.shuffled()) == whole)
    contents[500] &+= 1
    #expect(sum(contents) != whole)
    contents[500] &-= 1
    contents.append(0)
    #expect(sum(contents) != whole)
  }

  /// The database's own arithmetic, on hashes of every size and sign.
  @Test func `the database comes to the same`() throws {
    let database = try TestDatabase(.sqlite)
    let contents = [.min, .max, -1, 0, 1, 1 << 32, -(1 << 32), (1 << 32) - 1, 1 - (1 << 32)]
    let values = contents.map { "(\($0), 0)" }.joined(separator: ", ")
    let row = try database.rows(
      """
      WITH e(content_hash, is_deleted) AS (VALUES \(values))
      SELECT \(ContentSum.columns) FROM e
      """, columns: 4)[0].map { Int($0 ?? "") }
    let told = ContentSum(count: row[0], alive: row[1], low: row[2], high: row[3])
    #expect(told == sum(contents))
  }

  @Test func `a slice with a deleted event, or of none, comes to nothing`() {
    #expect(ContentSum(count: 2, alive: 1, low: 1, high: 1) == nil)
    #expect(ContentSum(count: 0, alive: 0, low: nil, high: nil) == nil)
  }
}
