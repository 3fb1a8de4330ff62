# Cuts `text` between words into lines of at most `limit` letters: `wrapped`, `wrapped_count` lines.
wrapped = ""
wrapped_count = 1
wrapped_length = 0
do for [wrapped_word in text] {
  if (wrapped_length > 0 && wrapped_length + 1 + strlen(wrapped_word) > limit) {
    wrapped = wrapped."\n".wrapped_word
    wrapped_count = wrapped_count + 1
    wrapped_length = strlen(wrapped_word)
  } else {
    wrapped = wrapped.(wrapped_length > 0 ? " " : "").wrapped_word
    wrapped_length = wrapped_length + 1 + strlen(wrapped_word)
  }
}
