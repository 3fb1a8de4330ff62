import CPJRT

/// What a compiled program needs of the device's memory, in bytes.
package struct MemoryPlan: Sendable, Equatable {
  package let arguments: Int
  package let outputs: Int
  /// Of the outputs, what lies in the memory of donated arguments.
  package let shared: Int
  /// What is needed only while it runs.
  package let temporary: Int

  /// All of it at once.
  package var total: Int { arguments + outputs - shared + temporary }

  init?(_ executable: OpaquePointer?, _ plugin: Plugin) {
    var statistics = PJRT_Executable_GetCompiledMemoryStats_Args()
    statistics.executable = executable
    guard (try? plugin.call(&statistics)) != nil else { return nil }
    arguments = Int(statistics.argument_size_in_bytes)
    outputs = Int(statistics.output_size_in_bytes)
    shared = Int(statistics.alias_size_in_bytes)
    temporary = Int(statistics.temp_size_in_bytes)
  }
}
