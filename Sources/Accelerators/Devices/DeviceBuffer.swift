import CPJRT
import Foundation
import RunSupport

/// An array in a device's memory, row-major; freed with this object.
///
/// The numbers may still be on their way or be computed; whoever reads them waits.
// Unchecked: All members are constants, and the plugin's functions may be called by any thread.
package final class DeviceBuffer: @unchecked Sendable {
  package let shape: [Int]
  package let type: ElementType
  package let device: Device

  let handle: OpaquePointer

  init(_ handle: OpaquePointer, shape: [Int], type: ElementType, on device: Device) {
    (self.handle, self.shape, self.type, self.device) = (handle, shape, type, device)
  }

  deinit {
    // Also what was donated: then the memory has another owner, and only the handle goes.
    var destroy = PJRT_Buffer_Destroy_Args()
    destroy.buffer = handle
    try? device.plugin.call(&destroy)
  }

  /// Bytes of its numbers.
  package var byteCount: Int { shape.reduce(type.byteCount, *) }

  /// Whether a program took the memory for a result of its own; then the buffer holds nothing any more.
  package var isDonated: Bool {
    var deleted = PJRT_Buffer_IsDeleted_Args()
    deleted.buffer = handle
    return (try? device.plugin.call(&deleted)) != nil && deleted.is_deleted
  }

  /// Waits until the numbers are there.
  ///
  /// - Throws: `StageError`: what went wrong in the transfer or in the program that computes them: `systemShortage`, `inputOutput`.
  package func wait() throws {
    do {
      var ready = PJRT_Buffer_ReadyEvent_Args()
      ready.buffer = handle
      try device.plugin.call(&ready)
      try device.plugin.wait(for: ready.event)
    } catch {
      throw failure("compute an array", error)
    }
  }

  /// Copies the numbers into `bytes`, as soon as they are there.
  ///
  /// - Throws: `StageError`, as `wait`.
  /// - Precondition: `bytes` has as many bytes as the numbers.
  package func download(into bytes: UnsafeMutableRawBufferPointer) throws {
    precondition(bytes.count == byteCount, "download: \(bytes.count) bytes for an array of \(byteCount)")
    if byteCount == 0 { return }
    do {
      var copy = PJRT_Buffer_ToHostBuffer_Args()
      copy.src = handle
      copy.dst = bytes.baseAddress
      copy.dst_size = bytes.count
      try device.plugin.call(&copy)
      try device.plugin.wait(for: copy.event)
    } catch {
      throw failure("hand over an array", error)
    }
  }

  private func failure(_ action: String, _ error: PluginError) -> StageError {
    guard isDonated else { return .deviceFailure(action, device.plugin.path, because: error) }
    return StageError(
      .internalBug, "an array of a device is used although a program took its memory", where: device.plugin.path, why: error.message,
      fix: "this is a mistake of ours; report it with this message and the command")
  }
}

extension Device {
  /// Copies numbers to the device. The bytes may be changed as soon as this returns; the numbers may still be on their way.
  ///
  /// - Parameters:
  ///   - shape: row-major.
  ///   - type: of the numbers.
  /// - Throws: `StageError`: `systemShortage` if the device has too little memory, `inputOutput` if it fails.
  /// - Precondition: `bytes` has as many bytes as the shape's numbers.
  package func upload(_ bytes: UnsafeRawBufferPointer, shape: [Int], type: ElementType) throws -> DeviceBuffer {
    let count = shape.reduce(type.byteCount, *)
    precondition(bytes.count == count, "upload: \(bytes.count) bytes for an array of \(count)")
    let sizes = shape.map(Int64.init)
    do {
      return try sizes.withUnsafeBufferPointer { sizes in
        var copy = PJRT_Client_BufferFromHostBuffer_Args()
        copy.client = client
        copy.data = bytes.baseAddress
        copy.type = type.pluginType
        copy.dims = sizes.baseAddress
        copy.num_dims = sizes.count
        copy.host_buffer_semantics = PJRT_HostBufferSemantics_kImmutableOnlyDuringCall
        copy.device = handle
        try plugin.call(&copy)
        guard let buffer = copy.buffer else { throw PluginError("it gives no buffer") }
        let result = DeviceBuffer(buffer, shape: shape, type: type, on: self)
        try plugin.wait(for: copy.done_with_host_buffer)
        return result
      }
    } catch let error as PluginError {
      throw StageError.deviceFailure("take an array of \(ByteCount.text(count))", plugin.path, because: error)
    }
  }
}
