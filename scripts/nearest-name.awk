# nearest-name.awk NAME CANDIDATE…: prints the candidate that needs the fewest edits, if those are at most a third of NAME (at least 2).
function least(a, b) { return a < b ? a : b }

# Levenshtein's distance.
function distance(first, second,   i, j, row, diagonal, above) {
  for (j = 0; j <= length(second); j++) row[j] = j
  for (i = 1; i <= length(first); i++) {
    diagonal = row[0]
    row[0] = i
    for (j = 1; j <= length(second); j++) {
      above = row[j]
      row[j] = least(diagonal + (substr(first, i, 1) != substr(second, j, 1)), least(above, row[j - 1]) + 1)
      diagonal = above
    }
  }
  return row[length(second)]
}

BEGIN {
  name = toupper(ARGV[1])
  limit = length(name) < 6 ? 2 : length(name) / 3
  for (k = 2; k < ARGC; k++) {
    edits = distance(name, ARGV[k])
    if (edits <= limit && (best == "" || edits < fewest)) { best = ARGV[k]; fewest = edits }
  }
  print best
}
