import Foundation
import RunSupport

/// A GPU of this machine, as NVIDIA's driver tells.
package struct GPU: Sendable, Equatable {
  /// Its number among the driver's, in the order of the bus.
  package let index: Int
  /// `GPU-5f3a…`, which names it to CUDA in any order.
  package let identifier: String
  /// Bytes of its memory.
  package let bytes: Int
  /// What all processes together have taken of that now, those of other users too.
  package let used: Int
  /// Whether the driver lets only one process at a time use it.
  package let isExclusive: Bool

  package init(index: Int, identifier: String, bytes: Int, used: Int = 0, isExclusive: Bool = false) {
    (self.index, self.identifier, self.bytes, self.used, self.isExclusive) = (index, identifier, bytes, used, isExclusive)
  }

  /// What limits the GPUs of a process, and how a process is given one.
  package static let variable = "CUDA_VISIBLE_DEVICES"

  /// Whether a plugin, by its name or path, computes on such GPUs.
  static func areUsed(by plugin: String) -> Bool { (plugin as NSString).lastPathComponent.lowercased().contains("cuda") }

  /// The GPUs that this process may use: those of the driver, or of these what the environment names, in its order.
  ///
  /// - Parameters:
  ///   - names: what CUDA_VISIBLE_DEVICES says: numbers of `nvidia-smi`, or beginnings of identifiers; nil for all.
  ///   - program: the driver's `nvidia-smi`; nil where there is none.
  /// - Throws: `StageError` (`inputOutput`) where that cannot be run, or a GPU is named that it does not list or that cannot be shared.
  package static func visible(
    names: String? = ProcessInfo.processInfo.environment[variable], program: String? = ChildProcess.path(of: "nvidia-smi")
  ) throws -> [GPU] {
    guard let program else { throw unknown("nvidia-smi", "there is no such program in PATH") }
    let all = try all(program)
    return try names.map(all.named) ?? all
  }

  private static func all(_ program: String) throws -> [GPU] {
    let columns = "index,uuid,memory.total,memory.used,compute_mode,mig.mode.current"
    let child = try ChildProcess(
      program, ["--query-gpu=\(columns)", "--format=csv,noheader,nounits"], output: .captured, errors: .captured)
    let text = String(decoding: child.output, as: UTF8.self)
    guard child.status == 0, !child.wasKilled else {
      let words = (text + String(decoding: child.errors, as: UTF8.self)).split(separator: "\n").first ?? "it says nothing"
      throw unknown(program, "it ends with \(child.status): \(words)")
    }
    let found = text.split(separator: "\n").compactMap { GPU(line: $0) }
    if found.isEmpty { throw unknown(program, "it lists no GPU that several processes can share") }
    return found
  }

  /// A line of the driver's, whose sizes are in MiB; nil for a GPU that does not answer, takes no work, or is divided (MIG), so that its
  /// memory is not that of one device.
  private init?(line: some StringProtocol) {
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingCharacters(in: .whitespaces) }
    guard fields.count == 6, let index = Int(fields[0]), let memory = Int(fields[2]), let used = Int(fields[3]), memory > 0, used >= 0,
      memory < 1 << 40, fields[4] != "Prohibited", fields[5] != "Enabled"
    else { return nil }
    self.init(
      index: index, identifier: fields[1], bytes: memory << 20, used: min(used, memory) << 20, isExclusive: fields[4] != "Default")
  }

  fileprivate static func unknown(_ place: String, _ why: String) -> StageError {
    StageError(
      .inputOutput, "the GPUs of this machine cannot be listed", where: place, why: why,
      fix: "check that NVIDIA's driver is installed and `nvidia-smi` shows the GPUs")
  }
}

extension [GPU] {
  /// Those that a list names by number or by the beginning of their identifiers, in its order.
  fileprivate func named(_ list: String) throws -> [GPU] {
    let names = list.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
    let gpus = try names.map { name in
      guard let gpu = first(where: { String($0.index) == name || (name.hasPrefix("GPU-") && $0.identifier.hasPrefix(name)) }) else {
        throw GPU.unknown("\(GPU.variable)=\(list)", "nvidia-smi lists no GPU '\(name)' that several processes can share")
      }
      return gpu
    }
    if gpus.isEmpty { throw GPU.unknown("\(GPU.variable)=\(list)", "it names no GPU") }
    return gpus.unique(by: \.identifier)
  }
}
