import CPJRT
import Foundation
import RunSupport

/// A device of a plugin, ready to compile and run programs.
///
/// Opening one takes seconds and, on a GPU, memory; a process opens it once.
// Unchecked: All members are constants, and the plugin's functions may be called by any thread.
package final class Device: @unchecked Sendable {
  package let plugin: Plugin
  /// The folder of plugins, which also keeps the text of programs that were refused.
  package let folder: PluginFolder
  /// The plugin's word for its kind of devices, such as `cpu` or `cuda`.
  package let platform: String
  package let platformVersion: String
  /// The model, such as `NVIDIA H100 80GB HBM3`.
  package let kind: String
  /// Every device that the plugin could use, in its own words; this is the first.
  package let descriptions: [String]

  let client: OpaquePointer
  let handle: OpaquePointer
  /// Its memory as far as it is kept for this process.
  private let room: Reservation?

  /// Starts the first device of a plugin.
  ///
  /// - Parameters:
  ///   - name: a plugin that is set up, such as `cpu` or `cuda`, or the path of a plugin's shared library.
  ///   - memory: how much of the device's memory is taken; a plugin that cannot be told decides.
  ///   - room: kept as long as the device.
  /// - Throws: `StageError`: `badConfiguration` for an impossible name; `missingInput` if the plugin is not set up, or finds no device or no
  ///   driver; `badData` if its file is no plugin or one of an unknown interface; `systemShortage` if the device has too little memory.
  package static func open(
    _ name: String, folder: PluginFolder = PluginFolder(), memory: MemoryShare = .growing, room: Reservation? = nil
  ) throws -> Device {
    try Device(Plugin(path: folder.library(name)), folder, memory, room)
  }

  private init(_ plugin: Plugin, _ folder: PluginFolder, _ memory: MemoryShare, _ room: Reservation?) throws {
    do {
      client = try Self.createClient(plugin, memory)
    } catch {
      throw StageError.noDevice(plugin.path, because: error)
    }
    (self.plugin, self.folder, self.room) = (plugin, folder, room)
    do {
      var name = PJRT_Client_PlatformName_Args()
      name.client = client
      try plugin.call(&name)
      platform = Plugin.text(name.platform_name, name.platform_name_size)
      var version = PJRT_Client_PlatformVersion_Args()
      version.client = client
      try plugin.call(&version)
      platformVersion = Plugin.text(version.platform_version, version.platform_version_size)
      let devices = try Self.devices(plugin, client)
      guard let first = devices.first else {
        throw PluginError("it starts, but names no device")
      }
      handle = first
      kind = try Self.kind(plugin, first)
      descriptions = try devices.map { try Self.description(plugin, $0) }
    } catch let error as PluginError {
      var destroy = PJRT_Client_Destroy_Args()
      destroy.client = client
      try? plugin.call(&destroy)
      throw StageError.noDevice(plugin.path, because: error)
    }
  }

  deinit {
    var destroy = PJRT_Client_Destroy_Args()
    destroy.client = client
    try? plugin.call(&destroy)
  }

  private static func createClient(_ plugin: Plugin, _ memory: MemoryShare) throws(PluginError) -> OpaquePointer {
    var create = PJRT_Client_Create_Args()
    let result = memory.withOptions { options in
      Result { () throws(PluginError) in
        create.create_options = options.baseAddress
        create.num_options = options.count
        try plugin.call(&create)
      }
    }
    // Some refuse what they have no option for.
    if case .failure(let error) = result, error.code == PJRT_Error_Code_INVALID_ARGUMENT, create.num_options > 0 {
      return try createClient(plugin, MemoryShare())
    }
    try result.get()
    guard let client = create.client else { throw PluginError("it gives no client") }
    return client
  }

  private static func devices(_ plugin: Plugin, _ client: OpaquePointer) throws(PluginError) -> [OpaquePointer] {
    var devices = PJRT_Client_AddressableDevices_Args()
    devices.client = client
    try plugin.call(&devices)
    return UnsafeBufferPointer(start: devices.addressable_devices, count: devices.num_addressable_devices).compactMap { $0 }
  }

  private static func kind(_ plugin: Plugin, _ device: OpaquePointer) throws(PluginError) -> String {
    var kind = PJRT_DeviceDescription_Kind_Args()
    kind.device_description = try descriptionHandle(plugin, device)
    try plugin.call(&kind)
    return Plugin.text(kind.device_kind, kind.device_kind_size)
  }

  private static func description(_ plugin: Plugin, _ device: OpaquePointer) throws(PluginError) -> String {
    var words = PJRT_DeviceDescription_ToString_Args()
    words.device_description = try descriptionHandle(plugin, device)
    try plugin.call(&words)
    return Plugin.text(words.to_string, words.to_string_size)
  }

  private static func descriptionHandle(_ plugin: Plugin, _ device: OpaquePointer) throws(PluginError) -> OpaquePointer? {
    var description = PJRT_Device_GetDescription_Args()
    description.device = device
    try plugin.call(&description)
    return description.device_description
  }
}
