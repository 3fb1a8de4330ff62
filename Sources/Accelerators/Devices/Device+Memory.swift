import CPJRT
import RunSupport

extension Device {
  /// How much of its memory a device takes for this process, where it can be told; what is nil, the plugin decides.
  package struct MemoryShare: Sendable {
    /// Of all of its memory, from 0 to 1.
    package var fraction: Float?
    /// Whether all of the share is taken at the start; else it grows, and several processes find room.
    package var isTakenAtOnce: Bool?

    package init(fraction: Float? = nil, isTakenAtOnce: Bool? = nil) {
      (self.fraction, self.isTakenAtOnce) = (fraction, isTakenAtOnce)
    }

    /// What is needed when it is needed, up to nearly all: drivers and libraries need the rest. Several processes find room on one device.
    package static let growing = MemoryShare(fraction: 0.95, isTakenAtOnce: false)

    /// A part that is taken at the start, in one piece: no other process can take it, and no program fails later because memory is free only
    /// in pieces that are too small for it.
    ///
    /// - Parameter text: the part of the whole, such as `0.45`.
    /// - Throws: `StageError` (`badConfiguration`) if that is no number above 0 and up to 1.
    package init(text: String) throws {
      guard let fraction = Float(text), fraction > 0, fraction <= 1 else {
        throw StageError(
          .badConfiguration, "impossible share of a device's memory '\(text)'", where: "DEVICE_MEMORY (--device-memory)",
          why: "it is no number above 0 and up to 1",
          fix: "give a part of the whole, such as 0.45, or leave it out: memory then grows as needed")
      }
      self.init(fraction: fraction, isTakenAtOnce: true)
    }

    /// The share as the options of a client. Their names are those of the plugins for GPUs.
    func withOptions<Result>(_ body: (UnsafeBufferPointer<PJRT_NamedValue>) throws -> Result) rethrows -> Result {
      let names: [StaticString] = ["memory_fraction", "preallocate"]
      var options: [PJRT_NamedValue] = []
      if let fraction { options.append(Self.option(names[0], PJRT_NamedValue_kFloat) { $0.float_value = fraction }) }
      if let isTakenAtOnce { options.append(Self.option(names[1], PJRT_NamedValue_kBool) { $0.bool_value = isTakenAtOnce }) }
      return try options.withUnsafeBufferPointer(body)
    }

    private static func option(
      _ name: StaticString, _ type: PJRT_NamedValue_Type, _ set: (inout PJRT_NamedValue) -> Void
    ) -> PJRT_NamedValue {
      var option = PJRT_NamedValue()
      option.struct_size = MemoryLayout<PJRT_NamedValue>.size
      option.name = UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)
      option.name_size = name.utf8CodeUnitCount
      option.type = type
      option.value_size = 1
      set(&option)
      return option
    }
  }

  /// What a device says of its memory now, in bytes.
  package struct MemoryUse: Sendable, Equatable {
    package let used: Int
    /// The most that was used at once; nil where it is not counted.
    package let peak: Int?
    /// What this process may use; nil where it is not known.
    package let limit: Int?
  }

  /// The use of the device's memory; nil where the plugin does not offer it, as those for processors.
  package func memoryUse() -> MemoryUse? {
    var statistics = PJRT_Device_MemoryStats_Args()
    statistics.device = handle
    guard (try? plugin.call(&statistics)) != nil else { return nil }
    return MemoryUse(
      used: Int(statistics.bytes_in_use), peak: statistics.peak_bytes_in_use_is_set ? Int(statistics.peak_bytes_in_use) : nil,
      limit: statistics.bytes_limit_is_set ? Int(statistics.bytes_limit) : nil)
  }
}
