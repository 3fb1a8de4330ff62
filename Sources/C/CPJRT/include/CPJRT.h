#ifndef SSM_PJRT_H
#define SSM_PJRT_H

/// The part that we use of PJRT's C interface, by which one asks a compiler for a device (a "plugin", a shared library) to compile and run
/// programs. The interface, its names and layouts are those of the OpenXLA project (https://github.com/openxla/xla, Apache License 2.0); these
/// declarations are our own, and `PluginLayoutTests` compares them with OpenXLA's. Every call takes one structure.

#include "pjrt_topology.h"

// The functions of a plugin, in their order; all but two return an error, or nothing.

typedef PJRT_Error *(*PJRT_Function)(void *arguments);
typedef void (*PJRT_ErrorFunction)(void *arguments);

typedef struct {
  SSM_PJRT_HEAD
  int major_version;
  int minor_version;
} PJRT_Api_Version;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_Api_Version pjrt_api_version;
  PJRT_ErrorFunction PJRT_Error_Destroy;
  PJRT_ErrorFunction PJRT_Error_Message;
  PJRT_Function PJRT_Error_GetCode;
  PJRT_Function PJRT_Plugin_Initialize;
  PJRT_Function unused_4;
  PJRT_Function PJRT_Event_Destroy;
  PJRT_Function unused_6[2];
  PJRT_Function PJRT_Event_Await;
  PJRT_Function unused_9;
  PJRT_Function PJRT_Client_Create;
  PJRT_Function PJRT_Client_Destroy;
  PJRT_Function PJRT_Client_PlatformName;
  PJRT_Function unused_13;
  PJRT_Function PJRT_Client_PlatformVersion;
  PJRT_Function unused_15;
  PJRT_Function PJRT_Client_AddressableDevices;
  PJRT_Function unused_17[3];
  PJRT_Function PJRT_Client_Compile;
  PJRT_Function unused_21;
  PJRT_Function PJRT_Client_BufferFromHostBuffer;
  PJRT_Function unused_23[3];
  PJRT_Function PJRT_DeviceDescription_Kind;
  PJRT_Function unused_27;
  PJRT_Function PJRT_DeviceDescription_ToString;
  PJRT_Function PJRT_Device_GetDescription;
  PJRT_Function unused_30[4];
  PJRT_Function PJRT_Device_MemoryStats;
  PJRT_Function unused_35[5];
  PJRT_Function PJRT_Executable_Destroy;
  PJRT_Function unused_41[3];
  PJRT_Function PJRT_Executable_NumOutputs;
  PJRT_Function unused_45[3];
  PJRT_Function PJRT_Executable_OptimizedProgram;
  PJRT_Function PJRT_Executable_Serialize;
  PJRT_Function PJRT_LoadedExecutable_Destroy;
  PJRT_Function PJRT_LoadedExecutable_GetExecutable;
  PJRT_Function unused_52[3];
  PJRT_Function PJRT_LoadedExecutable_Execute;
  PJRT_Function PJRT_Executable_DeserializeAndLoad;
  PJRT_Function unused_57;
  PJRT_Function PJRT_Buffer_Destroy;
  PJRT_Function unused_59[9];
  PJRT_Function PJRT_Buffer_IsDeleted;
  PJRT_Function unused_69;
  PJRT_Function PJRT_Buffer_ToHostBuffer;
  PJRT_Function unused_71;
  PJRT_Function PJRT_Buffer_ReadyEvent;
  PJRT_Function unused_73[9];
  PJRT_Function PJRT_TopologyDescription_Create;
  PJRT_Function PJRT_TopologyDescription_Destroy;
  PJRT_Function unused_84;
  PJRT_Function PJRT_TopologyDescription_PlatformVersion;
  PJRT_Function unused_86[3];
  PJRT_Function PJRT_Compile;
  PJRT_Function PJRT_Executable_OutputElementTypes;
  PJRT_Function PJRT_Executable_OutputDimensions;
  PJRT_Function unused_92[4];
  PJRT_Function PJRT_Executable_GetCompiledMemoryStats;
} PJRT_Api;

#endif
