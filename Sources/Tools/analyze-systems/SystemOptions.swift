import ArgumentParser
import RunSupport
import StateSpace
import SystemAnalysis
import Vocabulary

/// Where the systems come from.
struct SystemOptions: ParsableArguments {
  @Option(help: "Initial systems by name; analyze-systems --help lists the names.") var initialization: String?
  @Option(help: "Safetensors file, or the folder of a run, of which the best weights are taken.", completion: .file())
  var checkpoint: String?

  @OptionGroup(title: "Options of initialisations") var initial: InitialOptions
  @OptionGroup(title: "Options of checkpoints") var stored: CheckpointSelection

  @Option(help: "How poles are discretised: zeroOrderHold or bilinear; without it and the next two what the run says, else the first.")
  var discretization: String?
  @Option(help: "DFouT: half (angles in [0, π), output 2·Re) or full.") var plane: String?
  @Option(help: "DFouT: zeroOrderHold or unit.") var inputFactor: String?
  @Option(help: "Keep every r-th sample only: Δ, ξ and angles times r.") var rate = 1

  @Option(help: "Only this layer, from 0.") var layer: Int?
  @Option(help: "Only this direction: 0 forwards, 1 backwards.") var direction: Int?
  @Option(help: "Only this channel, from 0.") var channel: Int?

  /// - Throws: `StageError`: `usage` for options that do not fit; what the initialisation or the checkpoint throws.
  func systems() throws -> [SystemEntry] {
    guard rate >= 1 else { throw OptionError.number("--rate", "\(rate)", "it must be 1 or more", example: "2") }
    let all = try entries()
    let selected = all.filter {
      $0.layer == layer ?? $0.layer && $0.direction == direction ?? $0.direction && $0.channel == channel ?? $0.channel
    }
    guard !selected.isEmpty else {
      func last(_ part: KeyPath<SystemEntry, Int>) -> Int { all.map { $0[keyPath: part] }.max() ?? 0 }
      throw StageError(
        .usage, "no system is selected", where: "--layer, --direction, --channel",
        why: "they go up to \(last(\.layer)), \(last(\.direction)) and \(last(\.channel))", fix: "choose numbers up to these")
    }
    return selected.map { $0.resampled(every: rate) }
  }

  private func entries() throws -> [SystemEntry] {
    let discretization = try OptionError.value(discretization, of: Discretization.self, "--discretization")
    let plane = try OptionError.value(plane, of: FourierPlane.self, "--plane")
    let inputFactor = try OptionError.value(inputFactor, of: FourierInputFactor.self, "--input-factor")
    switch (initialization, checkpoint) {
    case (let name?, nil):
      var systems = try initial.systems(OptionError.value(name, of: Initialization.self, "--initialization"))
      systems.discretization = discretization ?? systems.discretization
      systems.plane = plane ?? systems.plane
      systems.inputFactor = inputFactor ?? systems.inputFactor
      return try systems.systems()
    case (nil, let path?):
      var options = try stored.options()
      options.discretization = discretization
      options.plane = plane
      options.inputFactor = inputFactor
      return try ModelCheckpoint.systems(path: path, options: options)
    default:
      throw StageError(
        .usage, "it is not clear which systems are meant", where: "--initialization, --checkpoint",
        why: initialization == nil ? "neither is given" : "both are given", fix: "give one of them, for example --initialization s4d-lin")
    }
  }
}

struct InitialOptions: ParsableArguments {
  @Option(help: "N: d_state, or HOPE's n.") var stateSize = 64
  @Option(help: "H: channels, each with its own random numbers.") var width = 1
  @Option(help: "Δ of all channels; ξ of DFouT, Δt of HOPE. Without it 0.01, or 1e-4 for tfb-waves and tfb-denoising.")
  var timestep: Double?
  @Option(help: "Least of a log-uniform range of Δ.") var timestepMinimum: Double?
  @Option(help: "Greatest of a log-uniform range of Δ.") var timestepMaximum: Double?
  @Option(help: "α: factor on initial frequencies.") var alpha = 1.0
  @Option(help: "β: exponent of the frequency filter.") var beta = 0.0
  @Option(help: "C: random or ones.") var outputWeights = InitialSystems.OutputWeights.random.rawValue
  @Option(help: "Seed of all random numbers.") var seed: UInt64 = 0

  func systems(_ initialization: Initialization) throws -> InitialSystems {
    var systems = InitialSystems(initialization)
    systems.stateSize = stateSize
    systems.width = width
    systems.timesteps = try timesteps(initialization)
    systems.frequencyScale = alpha
    systems.sobolevExponent = beta
    systems.outputWeights = try OptionError.value(outputWeights, of: InitialSystems.OutputWeights.self, "--output-weights")
    systems.seed = seed
    return systems
  }

  private func timesteps(_ initialization: Initialization) throws -> ClosedRange<Double> {
    let least = timestepMinimum ?? timestep ?? timestepMaximum ?? initialization.defaultTimestep
    let greatest = timestepMaximum ?? timestep ?? least
    guard least <= greatest, timestep == nil || (timestepMinimum == nil && timestepMaximum == nil) else {
      throw StageError(
        .usage, "the time steps make no range", where: "--timestep, --timestep-minimum, --timestep-maximum",
        why: "they are \(least) to \(greatest)" + (timestep == nil ? "" : " beside one value for all"),
        fix: "give one value, or a minimum and a greater maximum")
    }
    return least...greatest
  }
}

struct CheckpointSelection: ParsableArguments {
  @Option(help: "What stands before s4_layers. in the names.") var prefix = ""
  @Option(help: "How Δ is stored: log or softplus; without it a run's configuration tells, else the name, log_dt or inv_dt.")
  var timestepTransform: String?
  @Option(help: "TFB's filter: cyclesPerSample, binsOver10000, binsOver10000Unmirrored or binsOver10000FlippedByOne.")
  var filterWeighting: String?
  @Option(help: "Points of the transform whose bins the filter counts.") var filterPoints: Int?

  func options() throws -> CheckpointOptions {
    var options = CheckpointOptions()
    options.prefix = prefix
    options.timestepTransform = try OptionError.value(
      timestepTransform, of: TimestepTransform.self, "--timestep-transform")
    options.filterWeighting = try OptionError.value(filterWeighting, of: FilterWeighting.self, "--filter-weighting")
    options.filterPointCount = filterPoints
    if let filterPoints, filterPoints < 1 {
      throw OptionError.number("--filter-points", "\(filterPoints)", "it must be 1 or more", example: "62832")
    }
    return options
  }
}
