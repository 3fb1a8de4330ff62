#ifndef SSM_PJRT_ERRORS_H
#define SSM_PJRT_ERRORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// What the structure of every call begins with: its size, by which a plugin knows which members the caller knows, and a list that we leave empty.
#define SSM_PJRT_HEAD \
  size_t struct_size; \
  void *extension_start;

typedef struct PJRT_Error PJRT_Error;
typedef struct PJRT_Event PJRT_Event;

typedef enum {
  PJRT_Error_Code_UNKNOWN = 2,
  PJRT_Error_Code_INVALID_ARGUMENT = 3,
  PJRT_Error_Code_RESOURCE_EXHAUSTED = 8,
  PJRT_Error_Code_UNIMPLEMENTED = 12
} PJRT_Error_Code;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_Error *error;
} PJRT_Error_Destroy_Args;

typedef struct {
  SSM_PJRT_HEAD
  const PJRT_Error *error;
  const char *message;
  size_t message_size;
} PJRT_Error_Message_Args;

typedef struct {
  SSM_PJRT_HEAD
  const PJRT_Error *error;
  PJRT_Error_Code code;
} PJRT_Error_GetCode_Args;

typedef struct {
  SSM_PJRT_HEAD
} PJRT_Plugin_Initialize_Args;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_Event *event;
} PJRT_Event_Destroy_Args;

typedef struct {
  SSM_PJRT_HEAD
  PJRT_Event *event;
} PJRT_Event_Await_Args;

#endif
