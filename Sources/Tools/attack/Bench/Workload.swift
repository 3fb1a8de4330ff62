/// A command that is attacked: one tool that makes files in a folder.
struct Workload: Sendable {
  let name: String
  let tool: String
  /// Options, for the folder of this call.
  let options: @Sendable (_ folder: String) -> [String]
  /// Folder that is copied first: what the tool finds where it writes.
  var start: String?
  /// Its result is what it prints; it makes no files.
  var isQuery = false

  /// Short name, for folders.
  var slug: String { name.replacing(" ", with: "-") }
}
