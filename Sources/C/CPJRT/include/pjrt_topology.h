#ifndef SSM_PJRT_TOPOLOGY_H
#define SSM_PJRT_TOPOLOGY_H

#include "pjrt_program.h"

typedef struct PJRT_TopologyDescription PJRT_TopologyDescription;

typedef struct {
  SSM_PJRT_HEAD
  const char *topology_name;
  size_t topology_name_size;
  const PJRT_NamedValue *create_options;
  size_t num_options;
  PJRT_TopologyDescription *topology;
} PJRT_TopologyDescription_Create_Args;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_TopologyDescription *topology;
} PJRT_TopologyDescription_Destroy_Args;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_TopologyDescription *topology;
  const char *platform_version;
  size_t platform_version_size;
} PJRT_TopologyDescription_PlatformVersion_Args;

typedef struct {
  SSM_PJRT_HEAD
  const PJRT_TopologyDescription *topology;
  const PJRT_Program *program;
  const char *compile_options;
  size_t compile_options_size;
  PJRT_Client *client;
  PJRT_Executable *executable;
} PJRT_Compile_Args;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_Executable *executable;
  PJRT_Program *program;
} PJRT_Executable_OptimizedProgram_Args;

#endif
