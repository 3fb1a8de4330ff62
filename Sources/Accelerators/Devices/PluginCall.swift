import CPJRT

/// The structure that a function of a plugin takes: what it is asked, and where it answers.
protocol PluginCall {
  /// Where the function stands in the plugin's table, in bytes.
  static var offset: Int { get }
  init()
  // swift-format-ignore: AlwaysUseLowerCamelCase
  var struct_size: Int { get set }
}

extension PluginCall {
  fileprivate static func place(_ function: KeyPath<PJRT_Api, PJRT_Function?>) -> Int {
    // Every function is a stored member of the table.
    MemoryLayout<PJRT_Api>.offset(of: function)!
  }
}

extension PJRT_Error_GetCode_Args: PluginCall { static let offset = place(\.PJRT_Error_GetCode) }
extension PJRT_Plugin_Initialize_Args: PluginCall { static let offset = place(\.PJRT_Plugin_Initialize) }
extension PJRT_Event_Destroy_Args: PluginCall { static let offset = place(\.PJRT_Event_Destroy) }
extension PJRT_Event_Await_Args: PluginCall { static let offset = place(\.PJRT_Event_Await) }

extension PJRT_Client_Create_Args: PluginCall { static let offset = place(\.PJRT_Client_Create) }
extension PJRT_Client_Destroy_Args: PluginCall { static let offset = place(\.PJRT_Client_Destroy) }
extension PJRT_Client_PlatformName_Args: PluginCall { static let offset = place(\.PJRT_Client_PlatformName) }
extension PJRT_Client_PlatformVersion_Args: PluginCall { static let offset = place(\.PJRT_Client_PlatformVersion) }
extension PJRT_Client_AddressableDevices_Args: PluginCall { static let offset = place(\.PJRT_Client_AddressableDevices) }
extension PJRT_Device_GetDescription_Args: PluginCall { static let offset = place(\.PJRT_Device_GetDescription) }
extension PJRT_DeviceDescription_Kind_Args: PluginCall { static let offset = place(\.PJRT_DeviceDescription_Kind) }
extension PJRT_DeviceDescription_ToString_Args: PluginCall { static let offset = place(\.PJRT_DeviceDescription_ToString) }
extension PJRT_Device_MemoryStats_Args: PluginCall { static let offset = place(\.PJRT_Device_MemoryStats) }

extension PJRT_Client_Compile_Args: PluginCall { static let offset = place(\.PJRT_Client_Compile) }
extension PJRT_LoadedExecutable_Destroy_Args: PluginCall { static let offset = place(\.PJRT_LoadedExecutable_Destroy) }
extension PJRT_LoadedExecutable_GetExecutable_Args: PluginCall { static let offset = place(\.PJRT_LoadedExecutable_GetExecutable) }
extension PJRT_LoadedExecutable_Execute_Args: PluginCall { static let offset = place(\.PJRT_LoadedExecutable_Execute) }
extension PJRT_Executable_Destroy_Args: PluginCall { static let offset = place(\.PJRT_Executable_Destroy) }
extension PJRT_Executable_NumOutputs_Args: PluginCall { static let offset = place(\.PJRT_Executable_NumOutputs) }
extension PJRT_Executable_OutputElementTypes_Args: PluginCall { static let offset = place(\.PJRT_Executable_OutputElementTypes) }
extension PJRT_Executable_OutputDimensions_Args: PluginCall { static let offset = place(\.PJRT_Executable_OutputDimensions) }
extension PJRT_Executable_GetCompiledMemoryStats_Args: PluginCall { static let offset = place(\.PJRT_Executable_GetCompiledMemoryStats) }
extension PJRT_Executable_Serialize_Args: PluginCall { static let offset = place(\.PJRT_Executable_Serialize) }
extension PJRT_Executable_DeserializeAndLoad_Args: PluginCall { static let offset = place(\.PJRT_Executable_DeserializeAndLoad) }

extension PJRT_TopologyDescription_Create_Args: PluginCall { static let offset = place(\.PJRT_TopologyDescription_Create) }
extension PJRT_TopologyDescription_Destroy_Args: PluginCall { static let offset = place(\.PJRT_TopologyDescription_Destroy) }
extension PJRT_TopologyDescription_PlatformVersion_Args: PluginCall {
  static let offset = place(\.PJRT_TopologyDescription_PlatformVersion)
}
extension PJRT_Compile_Args: PluginCall { static let offset = place(\.PJRT_Compile) }
extension PJRT_Executable_OptimizedProgram_Args: PluginCall { static let offset = place(\.PJRT_Executable_OptimizedProgram) }

extension PJRT_Client_BufferFromHostBuffer_Args: PluginCall { static let offset = place(\.PJRT_Client_BufferFromHostBuffer) }
extension PJRT_Buffer_Destroy_Args: PluginCall { static let offset = place(\.PJRT_Buffer_Destroy) }
extension PJRT_Buffer_IsDeleted_Args: PluginCall { static let offset = place(\.PJRT_Buffer_IsDeleted) }
extension PJRT_Buffer_ReadyEvent_Args: PluginCall { static let offset = place(\.PJRT_Buffer_ReadyEvent) }
extension PJRT_Buffer_ToHostBuffer_Args: PluginCall { static let offset = place(\.PJRT_Buffer_ToHostBuffer) }
