#ifndef SSM_FILE_SYSTEM_H
#define SSM_FILE_SYSTEM_H

// Linux has these calls, and Swift's module of the C library hides them, which is made without _GNU_SOURCE.

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned int flags);

/// Swaps two files or folders in one step, so that both names exist at each moment. 0, or -1 where the file system cannot.
static inline int ssm_exchange(const char *first, const char *second) {
  const int current_folder = -100;    // AT_FDCWD
  const unsigned int exchange = 1u << 1;  // RENAME_EXCHANGE
  return renameat2(current_folder, first, current_folder, second, exchange);
}

#endif
