import Accelerators
import Foundation
import Testing

/// The device of the plugin for processors, one for all tests of the process, since its start takes a second; tests that need it have the
/// trait `.needsPlugin`.
package enum TestDevice {
  /// Plugins of this checkout, or those that the environment names.
  package static let folder = PluginFolder(
    path: ProcessInfo.processInfo.environment["SSM_ACCELERATORS"] ?? Fixtures.repository + "/.accelerators")
  package static let isSetUp = (try? folder.names().contains("cpu")) == true

  /// The plugin for CUDA, which compiles also where there is no GPU.
  package static let canCompileForCUDA = (try? folder.names().contains("cuda")) == true

  private static let device = Result { try Device.open("cpu", folder: folder) }

  /// - Throws: `StageError`, each time the same, if it could not be opened.
  package static func cpu() throws -> Device { try device.get() }
}

extension Trait where Self == ConditionTrait {
  /// Skipped, and named, where the plugin for processors is not set up.
  package static var needsPlugin: Self { .enabled(if: TestDevice.isSetUp, "make setup-accelerator DEVICE=cpu") }
  /// Skipped, and named, where the plugin for CUDA is not set up.
  package static var needsCUDAPlugin: Self { .enabled(if: TestDevice.canCompileForCUDA, "make setup-accelerator DEVICE=cuda") }
}

extension Device {
  package func upload<Number>(_ numbers: [Number], _ shape: [Int], _ type: ElementType) throws -> DeviceBuffer {
    try numbers.withUnsafeBytes { try upload($0, shape: shape, type: type) }
  }
}

extension DeviceBuffer {
  /// All of its numbers.
  ///
  /// - Parameter zero: a number of the Swift type that has the layout of the buffer's.
  package func numbers<Number>(_ zero: Number) throws -> [Number] {
    var numbers = [Number](repeating: zero, count: byteCount / MemoryLayout<Number>.stride)
    try numbers.withUnsafeMutableBytes { try download(into: $0) }
    return numbers
  }
}
