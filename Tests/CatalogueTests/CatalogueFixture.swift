import Catalogue
import Foundation
import RunSupport
import TestSupport

/// Makes the folder of the test case a catalogue: a copy of the smallest experiment in which a piece of text is replaced, and files of the
/// test by their paths.
func makeCatalogue(replacing old: String = "", by new: String = "", files: [String: String] = [:]) throws {
  let source = ExperimentCatalogue.bundledDirectory
  var text = try String(contentsOfFile: "\(source)/tiny/tiny-listops-s4d-lin.yaml", encoding: .utf8)
  if !old.isEmpty {
    precondition(text.contains(old), "the experiment holds no text \(old)")
    text = text.replacingOccurrences(of: old, with: new)
  }
  try AtomicFile.write(text, to: "\(folder)/tiny/tiny-listops-s4d-lin.yaml")
  try AtomicFile.write(String(contentsOfFile: "\(source)/published.csv", encoding: .utf8), to: "\(folder)/published.csv")
  for (path, text) in files { try AtomicFile.write(text, to: "\(folder)/\(path)") }
}

/// The line of the first occurrence of a text in the copy, from 1.
func line(of text: String, in folder: String) throws -> Int {
  let lines = try String(contentsOfFile: "\(folder)/tiny/tiny-listops-s4d-lin.yaml", encoding: .utf8).components(separatedBy: "\n")
  return (lines.firstIndex { $0.contains(text) } ?? -1) + 1
}
