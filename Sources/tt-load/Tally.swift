/// How many events were new, changed, the same, or are gone now.
struct Tally: Equatable {
  var new = 0
  var changed = 0
  var same = 0
  var deleted = 0
  /// Of those changed, how many were another person's until then.
  var taken = 0
  /// Rounds of changes to a window that was never read in full here.
  var unfounded = 0

  static func += (left: inout Tally, right: Tally) {
    left.new += right.new
    left.changed += right.changed
    left.same += right.same
    left.deleted += right.deleted
    left.taken += right.taken
    left.unfounded += right.unfounded
  }
}
