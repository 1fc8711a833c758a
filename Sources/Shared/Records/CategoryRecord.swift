package import NDJSON

/// One master category of one person.
package struct CategoryRecord: Equatable, Sendable {
  package var user: String
  package var name: String
  /// `preset0` … `preset24` or `none`, as the service spells it.
  package var color: String?
  /// `project`, `activity`, `none`; nil leaves it to the marker in the name.
  package var designation: String?

  package init(user: String, name: String, color: String?, designation: String? = nil) {
    self.user = user
    self.name = name
    self.color = color
    self.designation = designation
  }

  package init(_ line: RawSpan, _ scanner: borrowing ObjectScanner) throws(RecordFault) {
    user = try scanner.text("user", line) ?? ""
    name = try scanner.requiredText("name", line)
    color = try scanner.text("color", line)
    designation = try scanner.text("designation", line)
    if let designation, !["project", "activity", "none"].contains(designation) {
      throw RecordFault("\"designation\" is none of project, activity, none: \"\(designation)\"")
    }
  }

  package func write(to output: inout OutputBuffer) {
    output.append(record: .category) {
      $0.append(member: "user", user)
      $0.append(member: "name", name)
      $0.append(member: "color", color)
      if let designation { $0.append(member: "designation", designation) }
    }
  }
}
