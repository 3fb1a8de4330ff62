import Catalogue
import Datasets
import RunFixtures
import RunPlanning
import Runs
import SequenceModels
import TestSupport
import Testing

/// What plans expect of runs: hours on the machines that the project ships, and memory.
@Suite struct RunCostTests {
  static let stepTimes = Fixtures.repository + "/docs/step-times.csv"
  static let machines = (try? Machine.all(inFile: stepTimes)) ?? []
  static let experiments = (try? ExperimentCatalogue.shared().all) ?? []

  private func machine(_ name: String) throws -> Machine { try #require(Self.machines.first { $0.name.contains(name) }) }

  private func experiment(_ id: String, _ preset: Preset) throws -> Experiment {
    try #require(Self.experiments.first { $0.id == id && $0.preset == preset })
  }

  @Test("reduced runs take at most 10 minutes on the slower machine, and members of grids 3") func reducedHours() throws {
    let grids: Set = ["ablation", "delay", "sensitivity"]
    for experiment in Self.experiments where experiment.preset == .reduced {
      let limit = grids.contains(experiment.group) || experiment.task == "scifar-cut" ? 3.0 : 10
      let minutes = 60 * RunCost(experiment, on: try machine("AVX2")).hours
      #expect(minutes <= limit, "\(experiment.id): \(minutes) minutes")
    }
  }

  @Test("the path is proved in seconds") func smokeHours() throws {
    for experiment in Self.experiments where experiment.preset == .smoke {
      #expect(RunCost(experiment, on: try machine("AVX2")).hours * 3600 <= 30, "\(experiment.id)")
    }
  }

  @Test("every run has hours and memory, and AVX-512 is not slower") func complete() throws {
    let (fast, slow) = (try machine("AVX-512"), try machine("AVX2"))
    for experiment in Self.experiments {
      let costs = (RunCost(experiment, on: fast), RunCost(experiment, on: slow))
      #expect(costs.0.hours > 0 && costs.0.hours <= 1.1 * costs.1.hours, "\(experiment.id): \(costs)")
      #expect(costs.0.memoryBytes > 40e6 && costs.0.memoryBytes == costs.1.memoryBytes, "\(experiment.id)")
    }
  }

  @Test("equal sizes cost the same, whatever the initial poles", arguments: [Preset.reduced, .paper])
  func equalCosts(preset: Preset) throws {
    let machine = try machine("AVX2")
    for task in ["listops", "image", "pathfinder"] {
      let costs = try ["lin", "inv", "legs"].map { RunCost(try experiment("dfout-lra-\(task)-s4d-\($0)", preset), on: machine) }
      #expect(Set(costs.map(\.hours)).count == 1 && Set(costs.map(\.memoryBytes)).count == 1, "\(task): \(costs)")
    }
  }

  @Test("steps and evaluations are counted: epochs, whole batches, the test split once and through each probe") func steps() throws {
    let configuration = try experiment("dfout-lra-image-s4d-lin", .reduced).configuration
    let steps = try #require(RunSteps(configuration))
    #expect(steps.trainingCount == 7 * (7250 / configuration.training.batchSize))
    #expect(steps.trainingShape.length == 1024)
    let batch = Double(configuration.training.batchSize)
    #expect(steps.evaluations.map(\.count) == [7 * 535 / batch + 2889 / batch])
    let sounds = try #require(RunSteps(try experiment("dfout-speech-commands-s4d-lin", .paper).configuration))
    #expect(sounds.evaluations.map(\.shape.length).contains(8000), "evaluation at half the rate is a pass over half the steps")
    let pairs = try #require(RunSteps(try experiment("dfout-lra-retrieval", .paper).configuration))
    #expect(pairs.trainingShape.batchSize % 2 == 0 && pairs.trainingShape.length == 4000)
  }

  @Test("counted parameters are those of the models") func parameters() throws {
    var seen: Set<Int> = []
    for experiment in Self.experiments where experiment.preset == .smoke {
      let configuration = experiment.configuration
      let expected = try #require(configuration.expectedParameterCount)
      guard let samples = configuration.data.expectedSamples, seen.insert(expected).inserted else { continue }
      var input = InputDescription(samples.description)
      if case .values(let channels) = input.kind, configuration.model.kind == .denoiser { input.outputCount = channels }
      let model = try configuration.model.makeModel(input: input, seed: 1)
      #expect(model.parameters.reduce(0) { $0 + $1.value.count } == expected, "\(experiment.id)")
    }
    #expect(seen.count > 20)
  }

  @Test("a plan adds up hours, the largest memory is that of a run") func plan() throws {
    let machine = try machine("AVX2")
    let image = try experiment("dfout-lra-image-s4d-lin", .reduced)
    let plan = RunPlan([image], on: machine, results: "/nowhere", revision: nil)
    #expect(plan.rows[0].cost == RunCost(image, on: machine))
    #expect(plan.rows[0].hours == Double(image.seeds.count) * plan.rows[0].cost.hours && plan.hoursLeft == plan.rows[0].hours)
  }
}
