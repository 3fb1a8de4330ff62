import Foundation
import RunSupport

extension StageError {
  static func noPlugin(at path: String) -> StageError {
    StageError(
      .missingInput, "there is no plugin \(path)", where: path, why: "the file does not exist",
      fix: "check the path, or set one up: `make setup-accelerator DEVICE=cpu` or `DEVICE=cuda`")
  }

  static func noPlugin(_ path: String, because reason: String) -> StageError {
    StageError(
      .badData, "a file is no plugin that can be used", where: path, why: reason,
      fix: "set the plugin up again (`make setup-accelerator DEVICE=…`), or name a shared library with PJRT's C interface")
  }

  static func unknownInterface(_ path: String, _ found: String) -> StageError {
    StageError(
      .badData, "a plugin has an interface that is not known here", where: path,
      why: "\(found) was found; spoken here is version 0 of PJRT's C interface, with the functions of 0.81",
      fix: "use the plugin that `make setup-accelerator` sets up, or a newer version of this program")
  }

  static func noDevice(_ path: String, because error: PluginError) -> StageError {
    if error.isShortage { return shortage("start the device", path, because: error) }
    return StageError(
      .missingInput, "a plugin finds no device that it can use", where: path, why: error.message,
      fix: "check that this machine has such a device and its driver (NVIDIA: `nvidia-smi` lists it), or leave DEVICE empty")
  }

  /// A device with too little memory for what it should do.
  static func shortage(_ action: String, _ place: String, because error: PluginError) -> StageError {
    StageError(
      .systemShortage, "the device has too little memory to \(action)", where: place, why: error.message,
      fix: "stop what else uses the device, let this process take more of it at the start (DEVICE_MEMORY=0.95), or take a smaller batch")
  }

  /// A call that failed for no reason of ours.
  static func deviceFailure(_ action: String, _ place: String, because error: PluginError) -> StageError {
    if error.isShortage { return shortage(action, place, because: error) }
    return StageError(
      .inputOutput, "the device could not \(action)", where: place, why: error.message,
      fix: "run again, from the last checkpoint; if it happens again, report it with this message and the plugin's version")
  }

  /// - Parameter kept: the file that the program's text was written to; nil if that was not possible.
  static func refusedProgram(_ plugin: String, kept: String?, because error: PluginError) -> StageError {
    if error.isShortage { return shortage("hold a program", plugin, because: error) }
    // Line and column of the text come first.
    let place = error.message.prefixMatch(of: #/-(:\d+:\d+): /#)
    return StageError(
      .internalBug, "a plugin refuses a program", where: kept.map { $0 + (place?.1 ?? "") } ?? plugin,
      why: String(error.message[(place?.range.upperBound ?? error.message.startIndex)...]),
      fix: "this is a mistake of ours, or of the plugin \(plugin); report it with this message\(kept == nil ? "" : " and the file")")
  }
}
