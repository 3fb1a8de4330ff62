import ReferenceModels
import Vocabulary

/// One of TFB's two small models forward and back on one batch: a bank of systems whose kernels are filtered.
struct FilteredBankRun {
  enum Kind {
    /// Linear 1 → H → circular convolution + D·x → GELU → linear → mean over time.
    case waves(outputCount: Int)
    /// Convolution → linear map of the channels.
    case denoising
  }

  struct Problem {
    let kind: Kind
    /// Values under the model's names.
    let arrays: [String: [Double]]
    /// β.
    let exponent: Double
    /// [B, H, L].
    let shape: [Int]
    /// N.
    let modeCount: Int
    /// [B, L] of waves, else [B, H, L].
    let input: [Double]
    let outputGradient: [Double]

    /// How the authors' scripts count frequencies.
    var weighting: FilterWeighting { if case .waves = kind { .binsOver10000Unmirrored } else { .binsOver10000FlippedByOne } }

    /// [B, outputs] of waves, else [B, H, L].
    var outputShape: [Int] { if case .waves(let outputCount) = kind { [shape[0], outputCount] } else { shape } }

    func array(_ name: String) -> [Double] { arrays[name, default: []] }
  }

  /// K before the filter, shape [H, L].
  var kernel: [Double]
  /// Convolution and skip term, shape [B, H, L].
  var convolved: [Double]
  var output: [Double]
  var inputGradient: [Double]
  var exponentGradient: Double
  /// Under the model's names.
  var gradients: [String: [Double]]

  init(_ problem: Problem, by computation: Computation) throws {
    switch computation {
    case .engine(let place): try self.init(engine: problem, on: place)
    case .twin: self.init(twin: problem)
    }
  }

  private init(twin problem: Problem) {
    let length = problem.shape[2]
    func mixing(_ name: String) -> ReferenceMixing {
      ReferenceMixing(weight: problem.array("\(name).weight"), bias: problem.array("\(name).bias"))
    }
    let pair = KernelPair.minimal(width: problem.shape[1], modeCount: problem.modeCount)
    let systems = ReferenceDiagonalKernel(width: pair.width, modeCount: problem.modeCount).systems(pair.ordered(problem.arrays))[0]
    let filter = ReferenceSobolevFilter(weighting: problem.weighting, exponent: problem.exponent)
    let bank =
      switch problem.kind {
      case .waves:
        ReferenceFilteredBank(
          waves: .init(encoder: mixing("encoder"), skip: problem.array("D")[0]), systems: systems, filter: filter,
          decoder: mixing("decoder"))
      case .denoising: ReferenceFilteredBank(systems: systems, filter: filter, decoder: mixing("output"))
      }
    let activations = bank.forward(problem.input, length: length)
    let gradient = bank.backward(
      outputGradient: problem.outputGradient, input: problem.input, activations: activations, length: length)
    kernel = activations.kernels.flatMap { $0 }
    (convolved, output) = (activations.convolved, activations.output)
    (inputGradient, exponentGradient) = (gradient.input, gradient.exponent)
    gradients = [
      "kernel.log_dt": gradient.systems.map(\.logTimestep), "kernel.log_A_real": gradient.systems.flatMap(\.logNegativeRealPoles),
      "kernel.A_imag": gradient.systems.flatMap(\.imaginaryPoles), "kernel.C": Rows.pairs(gradient.systems.flatMap(\.outputWeights)),
      "D": [gradient.skip], "encoder.weight": gradient.encoder?.weight ?? [], "encoder.bias": gradient.encoder?.bias ?? [],
      "decoder.weight": gradient.decoder.weight, "decoder.bias": gradient.decoder.bias, "output.weight": gradient.decoder.weight,
      "output.bias": gradient.decoder.bias,
    ]
  }
}
