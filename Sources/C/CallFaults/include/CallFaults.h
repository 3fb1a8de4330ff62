/// A library to preload that makes one system call of a program fail, or kills the program there: `CallFaults.c` says how. It exports
/// nothing but the functions of the C library that it stands in front of.
