import Accelerators

/// A device's speeds, from which the time of a program is computed that was never run on it.
///
/// A model, not a measurement: kernels run one after the other; each moves its operands and results once, long transforms twice; products
/// wait for their operands. Nothing overlaps, and nothing stays in a cache.
package struct ComputedDevice: Sendable {
  package let name: String
  /// Bytes a second that kernels reach.
  let bandwidth: Double
  /// Operations a second of products by precision.
  let roundedRate: Double
  let exactRate: Double
  let doubleRate: Double
  /// Seconds that a kernel takes at least.
  let launch: Double
  /// Points beyond which a transform goes through memory twice.
  let longestTransform: Int

  /// NVIDIA's H100 SXM. Peaks of its data sheet: 3.35 TB/s, 495 (TF32), 67 and 67 TFLOP/s; here about 80 % of the bandwidth and half to two
  /// thirds of the arithmetic, as well-made kernels reach.
  package static let h100 = ComputedDevice(
    name: "NVIDIA H100", bandwidth: 2.7e12, roundedRate: 250e12, exactRate: 45e12, doubleRate: 45e12, launch: 2e-6,
    longestTransform: 1 << 14)

  /// The device whose computed hours stand for those of a plugin's: an H100 for every GPU.
  ///
  /// - Parameter plugin: as a user names it.
  /// - Returns: nil for our own engine and the plugin for processors.
  package static func standIn(for plugin: String?) -> ComputedDevice? { plugin == nil || plugin == "cpu" ? nil : h100 }

  /// Milliseconds of a program.
  func milliseconds(_ program: PlannedProgram, _ work: Program.ProductWork) -> Double {
    let moved = program.kernels.reduce(0.0) { sum, kernel in
      sum + Double(kernel.bytes) * (kernel.transformLength ?? 0 > longestTransform ? 2 : 1)
    }
    let products = work.rounded / roundedRate + work.exact / exactRate + work.double / doubleRate
    return 1000 * (moved / bandwidth + products + launch * Double(program.kernels.count))
  }
}
