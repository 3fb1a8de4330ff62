import Catalogue
import Testing
import Vocabulary

/// Schedules against the training that they belong to.
@Suite struct ScheduleTests {
  private static let all = (try? ExperimentCatalogue.load().all) ?? []

  /// Training records of the official data, as the cards of the prepared folders state them: CIFAR-10 and IMDB hold out a tenth of their
  /// 50,000 and 25,000, Pathfinder a fifth of its 200,000, Speech Commands the words of its two lists from 105,829.
  private static let officialCounts = [
    "listops-released": 96_000, "text": 22_500, "retrieval-released": 147_086, "gray": 45_000, "rgb": 45_000, "rgb-script": 45_000,
    "permuted": 45_000, "noise-padded": 45_000, "pathfinder-released": 160_000, "pathfinder-released-centered": 160_000,
    "16khz": 84_843, "16khz-released": 84_843,
  ]

  /// Records of the training split: those that a generator makes or that the official data have, cut by a limit.
  private static func recordCount(_ data: DataSpecification) -> Int? {
    // Pathfinder's generator splits 80/10/10.
    let whole = data.parameters["train"] ?? data.parameters["count"].map { $0 - $0 / 10 * 2 } ?? officialCounts[data.variant]
    guard let limit = data.limits.train else { return whole }
    return whole.map { min($0, limit) } ?? limit
  }

  /// Optimiser steps of the whole training; the last, incomplete batch of an epoch is left out.
  private static func stepCount(_ experiment: Experiment) -> Int? {
    let training = experiment.configuration.training
    return recordCount(experiment.configuration.data).map { $0 / training.batchSize * training.epochs }
  }

  @Test("the catalogue is there") func present() { #expect(Self.all.count > 900) }

  @Test("a schedule ends where training ends, at every preset; only what follows released files keeps theirs")
  func endsWithTraining() throws {
    for experiment in Self.all where !experiment.isAsReleased {
      let training = experiment.configuration.training
      let schedule = training.schedule
      switch schedule.kind {
      case .constant: continue
      case .cosineOverEpochs, .halvingOverEpochs: #expect(schedule.total == training.epochs, "\(experiment.id) \(experiment.preset)")
      case .cosineOverSteps:
        let steps = try #require(Self.stepCount(experiment), "training records of \(experiment.configuration.data.variant)")
        #expect(schedule.total == steps, "\(experiment.id) \(experiment.preset)")
      }
      #expect((0...schedule.total).contains(schedule.warmup), "\(experiment.id) \(experiment.preset)")
    }
  }

  /// What each released file says, whether training ends there or not.
  private static let released: [String: (total: Int, epochs: Int)] = [
    "tfb-lra-text-released": (20_000, 200), "tfb-lra-retrieval-released": (100_000, 40), "tfb-lra-pathx-released": (1_250_000, 150),
    "tfb-lra-listops-released": (150_000, 160), "tfb-lra-image-released": (180_000, 1200),
    "tfb-lra-pathfinder-released": (800_000, 300), "hope-lra-listops-released": (800_000, 560), "hope-lra-text-released": (50_000, 160),
    "hope-lra-retrieval-released": (100_000, 160), "hope-lra-image-released": (200, 1500),
    "dfout-speech-commands-s4d-lin-released": (200_000, 40), "tfb-denoising-raw-beta-1-released": (21, 20),
  ]

  @Test("what follows released files keeps their schedule", arguments: released.keys.sorted())
  func keepsReleased(id: String) throws {
    let training = try ExperimentCatalogue.load().resolve(id: id, preset: .paper).configuration.training
    #expect(training.schedule.total == Self.released[id]?.total && training.epochs == Self.released[id]?.epochs)
  }

  @Test("on one task of DFOUT's own runs every method has the same length of training", arguments: ["sensitivity", "scifar"])
  func alike(group: String) {
    let own = Self.all.filter { $0.paper == "dfout" && $0.group == group && $0.preset == .paper && !$0.id.hasSuffix("-reference") }
    let byTask = Dictionary(grouping: own.filter { group == "sensitivity" || $0.task == "pscifar" }, by: \.task)
    #expect(!byTask.isEmpty)
    for (task, members) in byTask {
      let lengths = members.map { [$0.configuration.training.epochs, $0.configuration.training.batchSize] }
      #expect(Set(lengths).count == 1, "\(task)")
      let schedules = members.map { [$0.configuration.training.schedule.warmup, $0.configuration.training.schedule.total] }
      #expect(Set(schedules).count == 1, "\(task)")
      let sizes = members.compactMap { $0.configuration.model.blocks }.map { [$0.layerCount, $0.modelWidth, $0.layer.stateSize] }
      #expect(Set(sizes).count == 1, "\(task)")
    }
  }
}
