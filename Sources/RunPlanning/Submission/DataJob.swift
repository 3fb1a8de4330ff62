import Catalogue
import Datasets
import Foundation

/// The job that fetches and prepares what runs read and what is not there yet.
struct DataJob {
  /// Of its files.
  static let file = "data"
  static let limits = SizeClass(hours: 12, memoryGB: 24)

  /// Below `prepared`.
  let folders: [String]
  private let commands: [String]

  /// - Returns: nil if everything is there, or on its way.
  /// - Parameter underWay: folders below `prepared` that another job prepares.
  init?(_ runs: [SubmittedRun], settings: SubmissionSettings, underWay: [String]) {
    let missing = Set(runs.compactMap(\.experiment.preparedData)).sorted { $0.preparedPath < $1.preparedPath }.map {
      DataCommands(description: $0, results: settings.results, dataFolder: settings.data)
    }.filter { !FileManager.default.fileExists(atPath: $0.card) && !underWay.contains($0.description.preparedPath) }
    if missing.isEmpty { return nil }
    folders = missing.map(\.description.preparedPath)
    let raw = missing.compactMap(\.raw).unique(by: \.folder).filter { !FileManager.default.fileExists(atPath: $0.receipt) }
    commands =
      raw.map { settings.line($0.download + (settings.mirror.map { ["--mirror", $0] } ?? [])) }
      + missing.flatMap { [settings.line($0.resolve), settings.line($0.preprocess)] }
  }

  /// One failed command stops no other; the first failure is the job's.
  func body(folder: String) -> String { JobSteps(commands, note: "\(folder)/notes/\(Self.file)").text }
}

/// Commands of a job that is no training, one after another.
struct JobSteps {
  let text: String

  init(_ commands: [String], note: String) {
    text = """
      # A warning that options for trainings ask for.
      trap '' USR1
      note=\(ShellText.word(note)) status=0
      export FAILURE_NOTES=$note.jsonl PROGRESS=lines
      rm -f "$FAILURE_NOTES"
      echo "$(date +%s) started $(hostname)" >>"$note"
      run() { "$@" || { local code=$?; [ $status != 0 ] || status=$code; }; }
      \(commands.map { "run \($0)" }.joined(separator: "\n"))
      echo "$(date +%s) ended $status" >>"$note"
      exit $status

      """
  }
}
