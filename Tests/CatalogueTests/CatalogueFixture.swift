import Catalogue
import Foundation
import RunSupport
import TestSupport

/// A catalogue of one experiment: a copy of the smallest one in which a piece of text is replaced.
func withCatalogue<Result>(replacing old: String = "", by new: String = "", _ body: (String) throws -> Result) throws -> Result {
  try withTemporaryFolder { folder in
    let source = ExperimentCatalogue.bundledDirectory
    try FileManager.default.createDirectory(atPath: "\(folder)/tiny", withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: "\(source)/published.csv", toPath: "\(folder)/published.csv")
    var text = try String(contentsOfFile: "\(source)/tiny/tiny-listops-s4d-lin.yaml", encoding: .utf8)
    if !old.isEmpty {
      precondition(text.contains(old), "the experiment holds no text \(old)")
      text = text.replacingOccurrences(of: old, with: new)
    }
    try text.write(toFile: "\(folder)/tiny/tiny-listops-s4d-lin.yaml", atomically: true, encoding: .utf8)
    return try body(folder)
  }
}

/// A catalogue of the smallest experiment and files of a test, by their paths below it.
func withCatalogue<Result>(files: [String: String], _ body: (String) throws -> Result) throws -> Result {
  try withCatalogue { folder in
    for (path, text) in files { try AtomicFile.write(text, to: "\(folder)/\(path)") }
    return try body(folder)
  }
}

/// The line of the first occurrence of a text in the copy, from 1.
func line(of text: String, in folder: String) throws -> Int {
  let lines = try String(contentsOfFile: "\(folder)/tiny/tiny-listops-s4d-lin.yaml", encoding: .utf8).components(separatedBy: "\n")
  return (lines.firstIndex { $0.contains(text) } ?? -1) + 1
}
