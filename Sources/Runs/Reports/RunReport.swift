import SequenceModels
import Training
import Vocabulary

/// A trained model beside what it was before.
package struct ReportedRun {
  package let inputs: RunInputs
  package let initial: any SequenceModel
  package let trained: any SequenceModel
  package let history: [EpochMetrics]
  /// What computes the model's answers; nil is our own engine.
  package let computing: ComputingDevice?

  /// Through which the model was trained.
  var probe: Probe { inputs.probe }
  /// Steps of the longest sample.
  var sequenceLength: Int { inputs.data.description.sequenceLength }
}

/// A file of a run's folder that a report has computed.
package struct ReportTable {
  /// The name of the file.
  let file: String
  let text: String

  /// - Parameter text: lines with such columns, header included.
  init<Column: RunColumn>(_: Column.Type, _ text: String) { (file, self.text) = (Column.file, text) }
}

/// Tables that a run writes beside its metrics, where its model can what they ask for.
package protocol RunReport {
  /// Only computes: what cannot be written must never pass for what cannot be computed.
  func tables(_ run: ReportedRun) throws -> [ReportTable]

  /// Asked at the end of every epoch for numbers that the history keeps for this report; nil for none.
  func notes(of model: any SequenceModel) -> (() -> [Float])?

  /// What to say instead of failing where the tables cannot be computed, because a training of days is not lost with its report; nil to fail.
  var warning: String? { get }
}

extension RunReport {
  package func notes(of model: any SequenceModel) -> (() -> [Float])? { nil }
  package var warning: String? { nil }
}

extension ReportKind {
  var report: any RunReport {
    switch self {
    case .kernels: KernelReport()
    case .responses(let lagCount): ResponseReport(lagCount: lagCount)
    case .systems: SystemTables()
    case .poles: PoleReport()
    case .pictures: PictureReport()
    case .videos: VideoReport()
    }
  }
}
