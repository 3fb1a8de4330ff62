import Accelerators
import Operations

/// Where a test lets operations compute: on the processor, or as a program on the device of the plugin for processors.
package enum Engine: String, CaseIterable, Sendable {
  case host, device

  /// Both, or the processor alone where no plugin is set up; suites with the trait `.needsPlugin` then say so.
  package static var all: [Engine] { TestDevice.isSetUp ? allCases : [.host] }

  /// All cases on the processor, and some of them on the device too, where each is a program to compile.
  ///
  /// - Parameter places: which ones.
  package static func cases<Case>(_ cases: [Case], onDevice places: [Int]) -> [(Engine, Case)] {
    cases.map { (.host, $0) } + (TestDevice.isSetUp ? places.map { (.device, cases[$0]) } : [])
  }

  /// Programs of tests run once, so that quick compilation counts for more than quick results.
  private static let devicePlace = Result {
    ComputePlace.device(
      DevicePrograms(try TestDevice.cpu(), options: CompileOptions(flags: ["xla_backend_optimization_level": .integer(0)])))
  }

  /// - Throws: `StageError`, each time the same, if the device could not be opened.
  package var place: ComputePlace { get throws { self == .host ? .processor : try Self.devicePlace.get() } }

  /// Runs operations (`ComputePlace`).
  package func run(_ tensors: [Tensor], dropoutSeed: UInt64 = 1, _ body: () throws -> [Tensor]) throws -> [Tensor] {
    try place.run(tensors, dropoutSeed: dropoutSeed, body)
  }

  /// Runs operations that a program has in another form; `body` gets it, or nil on the processor.
  package func run(_ tensors: [Tensor], _ body: (Program?) throws -> [Tensor]) throws -> [Tensor] { try place.run(tensors, body) }
}

extension Tensor {
  /// One number everywhere, where the other's values live.
  package static func filled(like other: Tensor, with number: Float) -> Tensor {
    let tensor = zeros(like: other)
    tensor.fill(number)
    return tensor
  }
}
