import Foundation

/// One misfortune that befalls one call of a workload.
struct Trial: Sendable {
  let workload: Workload
  /// What is tried, such as `rename 3: No space left on device`.
  let label: String
  /// Turns the undisturbed command into the attacked one, in the folder of this call.
  var disturb: @Sendable (_ command: inout ShellCommand, _ folder: String) throws -> Void = { _, _ in }
  /// The signal by which the attack ends the process itself, so that this end says nothing.
  var deadlySignal: Int32?
  /// Exit code 0 is wrong, because what the tool should have said is lost.
  var mustFail = false
  /// What it prints goes elsewhere.
  var hidesOutput = false
  /// The tool cannot say anything, because standard error is what the attack took away.
  var isMute = false
  /// Name of the folder of this call, where the name is the attack.
  var folderName: String?
  /// Comes before the attacked call.
  var before: @Sendable (_ folder: String) throws -> Void = { _ in }
  /// Whether the misfortune came at all.
  var hasCome: @Sendable (_ folder: String, _ outcome: Outcome) -> Bool = { _, _ in true }
  /// Ends the misfortune before the same command comes again.
  var between: @Sendable (_ folder: String) throws -> Void = { _ in }
  /// Comes at the end, whatever happened.
  var after: @Sendable (_ folder: String) -> Void = { _ in }
}
