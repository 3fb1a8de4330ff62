#ifndef SSM_MPI_H
#define SSM_MPI_H

#include <stddef.h>

/// Loads OpenMPI and joins the processes that its `mpirun` has started. NULL, or why that cannot be, in text that lasts.
const char *ssm_mpi_begin(int *rank, int *count);

/// Each process gives `size` bytes, and `all` gets those of all processes in the order of their ranks. A failure ends all of them.
void ssm_mpi_gather(const void *part, size_t size, void *all);

/// Waits until all processes have come here, and leaves.
void ssm_mpi_end(void);

/// Ends all processes at once, and their `mpirun` with this code.
void ssm_mpi_abort(int code);

#endif
