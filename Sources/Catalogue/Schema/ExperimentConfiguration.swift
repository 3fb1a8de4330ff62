import Training
import Vocabulary

/// Everything that decides what a run computes, apart from its seed: the content of `results/resolved/<id>/<preset>.json`.
///
/// What only concerns reporting (title, seeds, statistic, published numbers) is in `Experiment`, so that changing it makes no finished run
/// out of date.
package struct ExperimentConfiguration: Encodable, Sendable, Equatable {
  /// `<paper>-<group>-<task>[-<method>][-released]`, the name of the catalogue file.
  package var id: String
  package var preset: Preset
  package var data: DataSpecification
  package var model: ModelSpecification
  package var training: TrainingConfiguration

  package init(id: String, preset: Preset, data: DataSpecification, model: ModelSpecification, training: TrainingConfiguration) {
    self.id = id
    self.preset = preset
    self.data = data
    self.model = model
    self.training = training
  }

  /// The number by which its runs are reported: accuracy where the answers are classes, else the model's.
  package var metric: Metric {
    let classes = data.preparedVariant?.answers == .classes && !model.traits.learnsCleanPictures
    return classes ? .accuracy : model.traits.metric
  }

  private enum Key: String, CaseIterable { case id, preset, data, model, training }

  /// Reads a resolved configuration as strictly as a catalogue file.
  ///
  /// - Throws: `StageError`: `missingInput` without the file, `badConfiguration` for anything that does not belong there.
  package init(fromFile path: String) throws {
    let file = try ConfigurationFile(path: path, fix: "run `make results/resolved/ID/PRESET.json` with an id of `make plan`")
    let section = try file.root.section(Key.self)
    self.init(
      id: try section[.id].text(),
      preset: try section[.preset].choice(Preset.self),
      data: try DataSpecification(reading: section[.data]),
      model: try ModelSpecification(reading: section[.model]),
      training: try TrainingConfiguration(reading: section[.training]))
  }
}
