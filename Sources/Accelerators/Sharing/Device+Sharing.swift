import Foundation
import RunSupport

extension Device {
  /// Starts the first device of a plugin; of several NVIDIA GPUs one that has room, which is kept for this process until it ends.
  ///
  /// It waits as long as none has room. Where GPUs cannot be shared so, because the driver does not list them or this machine has no place for
  /// reservations, the user is told, and the first is taken as it is.
  ///
  /// - Parameters:
  ///   - name: as for `open`.
  ///   - need: the room; a plugin for other devices takes no notice.
  ///   - interruption: asked while it waits; a non-nil answer ends that.
  ///   - report: called with a line for the user: before it waits, and with what was taken.
  ///   - ledger: where GPUs are reserved.
  ///   - gpus: those that this process may use, as they are now.
  /// - Throws: `StageError`: as of `open`, or what `interruption` says.
  package static func open(
    _ name: String, folder: PluginFolder = PluginFolder(), sharing need: GPUNeed, interruption: () -> StageError?,
    report: (String) -> Void, ledger: ReservationLedger = ReservationLedger(), gpus: () throws -> [GPU] = { try GPU.visible() }
  ) throws -> Device {
    let path = try folder.library(name)
    guard GPU.areUsed(by: path) || GPU.areUsed(by: name) else { return try open(name, folder: folder, memory: need.size.share ?? .growing) }
    do {
      let room = try GPURoom(need, ledger, gpus, interruption: interruption, report: report)
      // Before the plugin is loaded, which then sees this one alone.
      setenv(GPU.variable, room.gpu.identifier, 1)
      report(room.text)
      return try open(name, folder: folder, memory: room.share, room: room.reservation)
    } catch let error as StageError where error.code == .inputOutput {
      report("warning: \(error.what), so runs that start together may take the same GPU: \(error.location): \(error.why)")
      return try open(name, folder: folder, memory: need.size.share ?? .growing)
    }
  }
}

extension GPUNeed.Size {
  /// What a user said of a device's memory; nil where nothing was said.
  fileprivate var share: Device.MemoryShare? {
    if case .part(let part) = self { Device.MemoryShare(fraction: part, isTakenAtOnce: true) } else { nil }
  }
}

/// Room on a GPU, reserved for this process.
private struct GPURoom {
  let gpu: GPU
  /// What the plugin may take of the GPU: no more than was reserved, so that the others find theirs.
  let share: Device.MemoryShare
  let reservation: Reservation
  let text: String

  /// Seconds after which the driver is asked again what is taken.
  private static let age = 10.0

  init(
    _ need: GPUNeed, _ ledger: ReservationLedger, _ list: () throws -> [GPU], interruption: () -> StageError?, report: (String) -> Void
  ) throws {
    var gpus = try list()
    var time = ResourceUsage.monotonicSeconds
    reservation = try ledger.reserve(need.name, interruption: interruption, report: report) { others in
      if ResourceUsage.monotonicSeconds - time > Self.age {
        gpus = (try? list()) ?? gpus
        time = ResourceUsage.monotonicSeconds
      }
      return need.decide(gpus, others)
    }
    let reserved = reservation.shares[0]
    gpu = gpus.first { $0.identifier == reserved.room } ?? gpus[0]
    let isWhole = reserved.bytes == gpu.bytes
    share =
      need.size.share
      ?? (isWhole ? .growing : .init(fraction: Float(reserved.bytes - GPUNeed.driver) / Float(gpu.bytes), isTakenAtOnce: true))
    text = "GPU \(gpu.index), \(isWhole ? "all" : ByteCount.text(reserved.bytes)) of its \(ByteCount.text(gpu.bytes))"
  }
}
