import SequenceModels
import Training
import Vocabulary

/// One reported configuration at one preset: what to run, and what its result is compared with.
package struct Experiment: Sendable, Equatable {
  /// How several seeds become one number.
  package enum Statistic: String, Sendable, CaseIterable { case mean, median }

  package let configuration: ExperimentConfiguration
  /// Name in tables and figures: `S4D-Lin on LRA Image`.
  package let title: String
  /// Short name of the paper, the folder of the file: `dfout`; `tiny` for our own test run.
  package let paper: String
  /// What `make reproduce-GROUP` runs: `lra`; `tiny` for our own test run.
  package let group: String
  /// A name for `TASKS=…`: `listops`.
  package let task: String
  /// Name of the method in the paper's tables: `S4D-Lin`.
  package let method: String
  /// Whether it follows the released files of a paper to the letter, also where they differ from its text.
  package let isAsReleased: Bool
  /// Whether its runs only prove that the path works: generated pairs of documents say nothing about the task.
  package let provesPathOnly: Bool
  package let statistic: Statistic
  package let seeds: [UInt64]
  /// Cells of `published.csv` that this run answers.
  package let answers: [Answer]
  /// Dotted keys of the values that are choices of ours and can move the result: their sources say `ours: true`.
  package let ownReadings: [String]

  package var id: String { configuration.id }
  package var preset: Preset { configuration.preset }

  /// Whether a paper prints its result in the row of its method, which is not so of variants of ours.
  package var hasPrintedRow: Bool { answers.contains { !$0.isExtra && $0.cell.row == method } }

  /// Keys of a file of the catalogue; the first three only say how files belong together.
  enum Key: String, CaseIterable {
    case base, id, vary
    case title, group, task, method, asReleased, provesPathOnly, statistic, seeds, answers, data, model, training
    case sources, presets
  }

  /// Reads what the files of an experiment say together, with the overrides of `preset` merged into it.
  init(reading root: ConfigurationNode, id: String, paper: String, preset: Preset, ownReadings: [String]) throws {
    let section = try root.section(Key.self)
    configuration = ExperimentConfiguration(
      id: id, preset: preset,
      data: try DataSpecification(reading: section[.data]),
      model: try ModelSpecification(reading: section[.model]),
      training: try TrainingConfiguration(reading: section[.training]))
    title = try section[.title].text()
    (self.paper, self.ownReadings) = (paper, ownReadings)
    group = try section[.group].text()
    task = try section[.task].text()
    method = try section[.method].text()
    isAsReleased = try section.optional(.asReleased)?.flag() ?? false
    provesPathOnly = try section.optional(.provesPathOnly)?.flag() ?? false
    statistic = try section[.statistic].choice(Statistic.self)
    seeds = try section[.seeds].list().map { UInt64(try $0.integer("a seed of 0 or more") { $0 >= 0 }) }
    answers = try section[.answers].list().map(Answer.init(reading:))
  }
}
