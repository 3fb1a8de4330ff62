// Stands in front of the C library's calls (LD_PRELOAD) and lets one of them go wrong. The environment says which:
//
//   FAULT_PROGRAM  name of the program that is meant; its children, such as gnuplot, are left alone
//   FAULT_FOLDER   calls about files below this folder count, and those about no file (threads, processes, memory)
//   FAULT_CALL     what goes wrong: open, create, read, write, fsync, rename, unlink, mkdir, truncate, lock, map, list, thread, spawn, pipe
//   FAULT_NUMBER   at which call of that kind, from 1; the numbers run over all threads
//   FAULT_ERROR    errno's number; 0 writes only half of the bytes; kill ends the program in front of the call
//   FAULT_LASTING  if set, all later calls of that kind fail too
//   FAULT_LOG      receives a line a call that counts, or, where FAULT_CALL is set, a line when it went wrong
#ifdef __linux__
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { unwatched, logging, failing };
static int state = unwatched;
static const char *folder, *call, *log_path;
static unsigned long number, count;
static int error, kills, lasts;

__attribute__((constructor)) static void read_environment(void) {
  const char *program = getenv("FAULT_PROGRAM"), *fault = getenv("FAULT_ERROR"), *position = getenv("FAULT_NUMBER");
  if (!program || strcmp(program, program_invocation_short_name) != 0) return;
  folder = getenv("FAULT_FOLDER");
  call = getenv("FAULT_CALL");
  log_path = getenv("FAULT_LOG");
  number = position ? strtoul(position, NULL, 10) : 0;
  kills = fault && strcmp(fault, "kill") == 0;
  error = fault ? atoi(fault) : 0;
  lasts = getenv("FAULT_LASTING") != NULL;
  state = call ? failing : logging;
}

/// The function that would have been called without this library.
#define NEXT(name) ({ static __typeof__(name) *next; if (!next) next = dlsym(RTLD_NEXT, #name); next; })

static void note(const char *name, const char *about) {
  char line[PATH_MAX + 64];
  if (!log_path) return;
  int length = snprintf(line, sizeof line, "%s %lu %s\n", name, count, about);
  int descriptor = (int)syscall(SYS_openat, AT_FDCWD, log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (descriptor < 0) return;
  syscall(SYS_write, descriptor, line, (size_t)length);
  syscall(SYS_close, descriptor);
}

/// Counts a call; whether it shall go wrong, with `errno` set then.
static int fault(const char *name, const char *about) {
  if (state == failing) {
    if (strcmp(name, call) != 0) return 0;
    unsigned long position = __atomic_add_fetch(&count, 1, __ATOMIC_SEQ_CST);
    if (position < number || (position > number && !lasts)) return 0;
    if (position == number) note(name, about);
    if (kills) syscall(SYS_kill, getpid(), SIGKILL);
    errno = error;
    return 1;
  }
  note(name, about);
  return 0;
}

static int is_inside(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  return length > 0 && strncmp(path, folder, length) == 0 && (path[length] == '/' || path[length] == 0);
}

/// The same about the file of a descriptor.
static int descriptor_fault(const char *name, int descriptor) {
  char link[64], path[PATH_MAX];
  if (state == unwatched) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = syscall(SYS_readlinkat, AT_FDCWD, link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return is_inside(path) && fault(name, path);
}

/// The same about a file named relative to a folder that is open.
static int path_fault(const char *name, int directory, const char *path) {
  if (state == unwatched || !path) return 0;
  if (path[0] == '/') return is_inside(path) && fault(name, path);
  return directory >= 0 && descriptor_fault(name, directory);
}

static int open_fault(int directory, const char *path, int flags) {
  return path_fault((flags & (O_CREAT | O_ACCMODE)) ? "create" : "open", directory, path);
}

#define MODE(last) ({ mode_t mode = 0; if (flags & (O_CREAT | O_TMPFILE)) { va_list list; va_start(list, last); \
  mode = va_arg(list, mode_t); va_end(list); } mode; })
#define OPEN(name) int name(const char *path, int flags, ...) { mode_t mode = MODE(flags); \
  return open_fault(-1, path, flags) ? -1 : NEXT(name)(path, flags, mode); }
#define OPEN_AT(name) int name(int directory, const char *path, int flags, ...) { mode_t mode = MODE(flags); \
  return open_fault(directory, path, flags) ? -1 : NEXT(name)(directory, path, flags, mode); }
OPEN(open)
OPEN(open64)
OPEN_AT(openat)
OPEN_AT(openat64)

#define OPEN_STREAM(name) FILE *name(const char *path, const char *mode) { \
  return path_fault(mode[0] == 'r' ? "open" : "create", -1, path) ? NULL : NEXT(name)(path, mode); }
OPEN_STREAM(fopen)
OPEN_STREAM(fopen64)

#define MAKE_TEMPORARY(name) int name(char *path) { return path_fault("create", -1, path) ? -1 : NEXT(name)(path); }
MAKE_TEMPORARY(mkstemp)
MAKE_TEMPORARY(mkstemp64)

DIR *opendir(const char *path) { return path_fault("list", -1, path) ? NULL : NEXT(opendir)(path); }

ssize_t read(int descriptor, void *bytes, size_t size) {
  return descriptor_fault("read", descriptor) ? -1 : NEXT(read)(descriptor, bytes, size);
}
#define READ_AT(name, offset_type) ssize_t name(int descriptor, void *bytes, size_t size, offset_type offset) { \
  return descriptor_fault("read", descriptor) ? -1 : NEXT(name)(descriptor, bytes, size, offset); }
READ_AT(pread, off_t)
READ_AT(pread64, off64_t)

/// How many of some bytes are to be written: all, half of them, or none (-1).
static ssize_t allowed(int descriptor, size_t size) {
  if (!descriptor_fault("write", descriptor)) return (ssize_t)size;
  return error == 0 ? (ssize_t)(size > 1 ? size / 2 : size) : -1;
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  ssize_t rest = allowed(descriptor, size);
  return rest < 0 ? -1 : NEXT(write)(descriptor, bytes, (size_t)rest);
}
#define WRITE_AT(name, offset_type) ssize_t name(int descriptor, const void *bytes, size_t size, offset_type offset) { \
  ssize_t rest = allowed(descriptor, size); return rest < 0 ? -1 : NEXT(name)(descriptor, bytes, (size_t)rest, offset); }
WRITE_AT(pwrite, off_t)
WRITE_AT(pwrite64, off64_t)
ssize_t writev(int descriptor, const struct iovec *parts, int part_count) {
  return descriptor_fault("write", descriptor) && error != 0 ? -1 : NEXT(writev)(descriptor, parts, part_count);
}

#define ON_DESCRIPTOR(name, kind) int name(int descriptor) { \
  return descriptor_fault(kind, descriptor) ? -1 : NEXT(name)(descriptor); }
ON_DESCRIPTOR(fsync, "fsync")
ON_DESCRIPTOR(fdatasync, "fsync")
int flock(int descriptor, int operation) { return descriptor_fault("lock", descriptor) ? -1 : NEXT(flock)(descriptor, operation); }
#define TRUNCATE(name, offset_type) int name(int descriptor, offset_type size) { \
  return descriptor_fault("truncate", descriptor) ? -1 : NEXT(name)(descriptor, size); }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int rename(const char *from, const char *to) { return path_fault("rename", -1, to) ? -1 : NEXT(rename)(from, to); }
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  return path_fault("rename", to_folder, to) ? -1 : NEXT(renameat)(from_folder, from, to_folder, to);
}
int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
  return path_fault("rename", to_folder, to) ? -1 : NEXT(renameat2)(from_folder, from, to_folder, to, flags);
}

#define ON_PATH(name, kind) int name(const char *path) { return path_fault(kind, -1, path) ? -1 : NEXT(name)(path); }
ON_PATH(unlink, "unlink")
ON_PATH(remove, "unlink")
ON_PATH(rmdir, "unlink")
int unlinkat(int directory, const char *path, int flags) {
  return path_fault("unlink", directory, path) ? -1 : NEXT(unlinkat)(directory, path, flags);
}
int mkdir(const char *path, mode_t mode) { return path_fault("mkdir", -1, path) ? -1 : NEXT(mkdir)(path, mode); }
int mkdirat(int directory, const char *path, mode_t mode) {
  return path_fault("mkdir", directory, path) ? -1 : NEXT(mkdirat)(directory, path, mode);
}

/// A call about no file.
static int bare_fault(const char *name) { return state != unwatched && fault(name, "-"); }

/// Only maps of files: what a library maps for itself is memory, which limits of the address space attack.
#define MAP(name, offset_type) void *name(void *address, size_t size, int protection, int flags, int descriptor, offset_type offset) { \
  return descriptor >= 0 && descriptor_fault("map", descriptor) ? MAP_FAILED : NEXT(name)(address, size, protection, flags, descriptor, offset); }
MAP(mmap, off_t)
MAP(mmap64, off64_t)

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*body)(void *), void *argument) {
  return bare_fault("thread") ? error : NEXT(pthread_create)(thread, attributes, body, argument);
}
#define SPAWN(name) int name(pid_t *process, const char *path, const posix_spawn_file_actions_t *actions, \
    const posix_spawnattr_t *attributes, char *const arguments[], char *const environment[]) { \
  return bare_fault("spawn") ? error : NEXT(name)(process, path, actions, attributes, arguments, environment); }
SPAWN(posix_spawn)
SPAWN(posix_spawnp)
int pipe(int ends[2]) { return bare_fault("pipe") ? -1 : NEXT(pipe)(ends); }
int pipe2(int ends[2], int flags) { return bare_fault("pipe") ? -1 : NEXT(pipe2)(ends, flags); }
int socketpair(int domain, int type, int protocol, int ends[2]) {
  return bare_fault("pipe") ? -1 : NEXT(socketpair)(domain, type, protocol, ends);
}
#endif
