// OpenMPI, loaded when a run is shared: neither building nor any other run needs it.
//
// Handles of OpenMPI are addresses of objects of its library, which keeps them and these functions in all versions of libmpi.so.40 (3 to 5).

#include "CMPI.h"

#include <dlfcn.h>

static void *world, *byte;
static int (*init_thread)(int *, char ***, int, int *);
static int (*comm_rank)(void *, int *);
static int (*comm_size)(void *, int *);
static int (*allgather)(const void *, int, void *, void *, int, void *, void *);
static int (*finalize)(void);
static int (*abort_all)(void *, int);

enum { serialized_threads = 2, most_bytes = 1 << 28 };

static const char *load(void) {
  // Plugins of OpenMPI look for its symbols among the global ones.
  void *library = dlopen("libmpi.so.40", RTLD_NOW | RTLD_GLOBAL);
  if (!library) return dlerror();
  struct {
    const char *name;
    void **place;
  } symbols[] = {
      {"ompi_mpi_comm_world", &world},
      {"ompi_mpi_byte", &byte},
      {"MPI_Init_thread", (void **)&init_thread},
      {"MPI_Comm_rank", (void **)&comm_rank},
      {"MPI_Comm_size", (void **)&comm_size},
      {"MPI_Allgather", (void **)&allgather},
      {"MPI_Finalize", (void **)&finalize},
      {"MPI_Abort", (void **)&abort_all},
  };
  for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
    *symbols[i].place = dlsym(library, symbols[i].name);
    if (!*symbols[i].place) return dlerror();
  }
  return NULL;
}

const char *ssm_mpi_begin(int *rank, int *count) {
  const char *problem = load();
  if (problem) return problem;
  // From here on OpenMPI ends the processes itself where it fails.
  int provided;
  init_thread(NULL, NULL, serialized_threads, &provided);
  comm_rank(world, rank);
  comm_size(world, count);
  return provided < serialized_threads ? "it was built without support of threads" : NULL;
}

void ssm_mpi_gather(const void *part, size_t size, void *all) {
  if (size > most_bytes) abort_all(world, 70);
  allgather(part, (int)size, byte, all, (int)size, byte, world);
}

void ssm_mpi_end(void) { finalize(); }

void ssm_mpi_abort(int code) { abort_all(world, code); }
