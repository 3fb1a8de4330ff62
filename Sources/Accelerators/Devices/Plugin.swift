import CPJRT
import Foundation
import RunSupport
import Synchronization

/// A compiler for one kind of device: a shared library with PJRT's C interface, loaded when it is first asked for.
///
/// It stays loaded until the process ends, because its threads cannot be stopped.
// Unchecked: The table of functions never changes, and the functions may be called by any thread.
package final class Plugin: @unchecked Sendable {
  package let path: String
  /// The interface's version: 0 and a number that grows with every addition.
  package let version: (major: Int, minor: Int)

  private let table: UnsafeRawPointer
  private let storedHash = Mutex<String?>(nil)

  /// Loads and initialises a plugin.
  ///
  /// - Throws: `StageError`: `missingInput` if there is no such file, `badData` if it is no plugin or one of another interface.
  package init(path: String) throws {
    self.path = path
    guard FileManager.default.fileExists(atPath: path) else { throw StageError.noPlugin(at: path) }
    // Else the libraries inside tell every start on standard error; the variable is theirs.
    setenv("TF_CPP_MIN_LOG_LEVEL", "2", 0)
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw StageError.noPlugin(path, because: String(cString: dlerror()))
    }
    guard let symbol = dlsym(library, "GetPjrtApi") else {
      dlclose(library)
      throw StageError.noPlugin(path, because: "it is a shared library without the function GetPjrtApi")
    }
    typealias Entry = @convention(c) () -> UnsafePointer<PJRT_Api>?
    guard let api = unsafeBitCast(symbol, to: Entry.self)() else {
      throw StageError.noPlugin(path, because: "its function GetPjrtApi gives nothing")
    }
    version = try Self.version(of: UnsafeRawPointer(api), path)
    table = UnsafeRawPointer(api)
    try initialize()
  }

  private func initialize() throws {
    var initialize = PJRT_Plugin_Initialize_Args()
    do {
      try call(&initialize)
    } catch {
      throw StageError.noPlugin(path, because: "it does not start: \(error)")
    }
  }

  /// The interface's version, if it is one that we speak.
  private static func version(of table: UnsafeRawPointer, _ path: String) throws -> (major: Int, minor: Int) {
    let size = table.load(as: Int.self)
    // What is newer than the last of these is optional.
    let least = PJRT_Executable_OutputDimensions_Args.offset + MemoryLayout<PJRT_Function>.size
    let versionEnd = MemoryLayout<PJRT_Api>.offset(of: \.PJRT_Error_Destroy)!
    guard size >= versionEnd else { throw StageError.unknownInterface(path, "its table of functions has \(size) bytes") }
    let version = table.load(fromByteOffset: MemoryLayout<PJRT_Api>.offset(of: \.pjrt_api_version)!, as: PJRT_Api_Version.self)
    let text = "version \(version.major_version).\(version.minor_version)"
    guard version.major_version == 0 else { throw StageError.unknownInterface(path, text) }
    guard size >= least else { throw StageError.unknownInterface(path, "\(text), with a table of \(size) bytes of at least \(least)") }
    return (Int(version.major_version), Int(version.minor_version))
  }

  /// The SHA-256 of its file, computed when first asked for: half a second for a quarter of a gigabyte.
  ///
  /// - Throws: `StageError` (`inputOutput`) if it cannot be read.
  package func hash() throws -> String {
    try storedHash.withLock { stored in
      if let stored { return stored }
      let hash = try FileHash.hex(ofFile: path)
      stored = hash
      return hash
    }
  }

  /// Calls the function that takes this structure.
  func call<Call: PluginCall>(_ call: inout Call) throws(PluginError) {
    call.struct_size = MemoryLayout<Call>.size
    let isThere = Call.offset < table.load(as: Int.self)
    guard isThere, let function = table.load(fromByteOffset: Call.offset, as: PJRT_Function?.self) else {
      throw PluginError(PJRT_Error_Code_UNIMPLEMENTED, "the plugin has no function for \(Call.self)")
    }
    if let error = withUnsafeMutablePointer(to: &call, { function($0) }) { throw take(error) }
  }

  /// Waits for the end of something; its error is thrown.
  func wait(for event: OpaquePointer?) throws(PluginError) {
    guard let event else { return }
    var wait = PJRT_Event_Await_Args()
    wait.event = event
    defer {
      var destroy = PJRT_Event_Destroy_Args()
      destroy.event = event
      try? call(&destroy)
    }
    try call(&wait)
  }

  /// Reads an error and frees it.
  private func take(_ error: OpaquePointer) -> PluginError {
    let functions = table.assumingMemoryBound(to: PJRT_Api.self)
    var message = PJRT_Error_Message_Args()
    message.struct_size = MemoryLayout<PJRT_Error_Message_Args>.size
    message.error = error
    functions.pointee.PJRT_Error_Message?(&message)
    let text = Self.text(message.message, message.message_size)
    var code = PJRT_Error_GetCode_Args()
    code.struct_size = MemoryLayout<PJRT_Error_GetCode_Args>.size
    code.error = error
    // An error about an error is not asked for its code.
    let isUnknown = functions.pointee.PJRT_Error_GetCode?(&code) != nil
    var destroy = PJRT_Error_Destroy_Args()
    destroy.struct_size = MemoryLayout<PJRT_Error_Destroy_Args>.size
    destroy.error = error
    functions.pointee.PJRT_Error_Destroy?(&destroy)
    return PluginError(isUnknown ? PJRT_Error_Code_UNKNOWN : code.code, text)
  }

  /// A text that a plugin gives by its place and size.
  static func text(_ start: UnsafePointer<CChar>?, _ size: Int) -> String {
    String(decoding: UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : size), as: UTF8.self)
  }
}
