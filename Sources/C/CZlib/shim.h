// inflateInit2 is a macro, which Swift cannot import.
#include <zlib.h>

// Begins to read a gzip stream, whose header and checksum zlib then examines.
static inline int ssm_inflate_gzip(z_stream *stream) { return inflateInit2(stream, 15 + 16); }
