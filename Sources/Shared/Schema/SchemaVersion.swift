/// The version of the tables that these programs know.
package enum SchemaVersion {
  /// Version 1 is the earlier program's, which kept no version.
  package static let adopted = 1
  package static let current = 2
}
