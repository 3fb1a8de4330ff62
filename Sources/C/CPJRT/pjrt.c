#include "CPJRT.h"

// The layouts are those of machines with 64-bit addresses, the only ones that plugins are built for.
_Static_assert(sizeof(void *) == 8 && sizeof(size_t) == 8, "PJRT plugins need 64-bit addresses");
