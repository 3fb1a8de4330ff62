import Accelerators
import Documents
import RunSupport
import Training

/// What steps on a device take, and what shows that they compute the right thing: losses, and a hash by which two processes are compared.
struct DeviceTimes {
  private let computing: ComputingDevice
  /// Until the program was there: compiled, or read where it had been compiled before.
  private let compileSeconds: Double
  private let plan: MemoryPlan?
  /// Emission, compilation and the first step.
  private let first: Double
  private let times: Times
  /// Before the first steps.
  private let losses: [Double]
  private let weights: String

  private static let shownLosses = 10

  /// Makes a first step, one for warm-up, and those that count.
  ///
  /// - Throws: `StageError`, as compiling and running.
  init(_ step: DeviceStep, count: Int, on computing: ComputingDevice) throws {
    self.computing = computing
    let start = ResourceUsage.monotonicSeconds
    plan = try step.prepare()
    compileSeconds = ResourceUsage.monotonicSeconds - start
    try step.run()
    first = 1000 * (ResourceUsage.monotonicSeconds - start)
    // Each call waits for the step before and gives its loss.
    var losses = [try step.run()]
    times = Times(try (0..<count).map { _ in try Times.milliseconds { losses.append(try step.run()) } })
    weights = try step.finish()
    self.losses = losses
  }

  /// Prints header and row.
  ///
  /// - Parameter begin: the first fields of the row, those of `TrainStep.header`.
  func show(begin: (Times) -> String) {
    print(
      TrainStep.header
        + ",compile_s,first_ms,planned_mb,device_peak_mb,losses,weights_sha256,platform,device,precision,flags,plugin_version,plugin_sha256"
    )
    let description = computing.description
    let fields = [
      decimals(compileSeconds), decimals(first), Self.megabytes(plan?.total), Self.megabytes(computing.device.memoryUse()?.peak),
      losses.prefix(Self.shownLosses).map { decimals($0, 6) }.joined(separator: " "), weights, description.platform, description.kind,
      description.precision.rawValue, description.flags.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " "),
      description.pluginVersion.split(whereSeparator: \.isNewline).joined(separator: " "), description.pluginSHA256,
    ]
    print("\(begin(times)),\(CSVText.line(fields))", terminator: "")
  }

  private static func megabytes(_ bytes: Int?) -> String { bytes.map { String($0 >> 20) } ?? "" }
}
