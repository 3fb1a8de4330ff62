import Datasets
import Foundation
import TestSupport
import Testing

/// A copy of the Makefile and the catalogue in which every tool but `plan-runs` only notes its call and writes its last file.
struct MakeWorkspace {
  let folder = TestSupport.folder

  private static let preparing = ["lra", "cifar10", "celeba", "moving-mnist", "speech-commands", "bidmc"].map { "prepare-\($0)" }

  /// Each tool's last step; `$output` is the value of its option of that name.
  private static let tools = [
    "train-model": "mkdir -p \"$output\"; echo '{}' > \"$output/summary.json\"",
    "inspect-data": "true", "analyze-systems": "touch \"$output/a.csv\"; echo \"$output/a.csv: written\"", "make-tables": "true",
    "make-figures": "true", "make-report": "true", "benchmark": "echo shape,ms", "compare-results": "true", "ship-runs": "true",
    "evaluate-model": "touch \"$output\"", "export-runs": "true", "export-tensorboard": "true",
  ].merging(preparing.map { ($0, "mkdir -p \"${output:-$raw}\"; echo '{}' > \"${output:-$raw}/${file}\"") }) { first, _ in first }

  init() throws {
    let manager = FileManager.default
    for path in ["Sources/Catalogue", "tools", ".setup", "results", "paper-figures"] {
      try manager.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
    }
    for path in ["Makefile", "scripts", "Package.swift", "Sources/Catalogue/Experiments"] {
      let original = URL(fileURLWithPath: "\(Fixtures.repository)/\(path)").resolvingSymlinksInPath()
      try manager.copyItem(atPath: original.path, toPath: "\(folder)/\(path)")
    }
    for (name, lastStep) in Self.tools {
      try """
      #!/bin/bash
      set -e
      echo "\(name) $*" >> calls.log
      file=card.json; raw=; output=; all=("$@")
      while [ $# -gt 0 ]; do
        case "$1" in download) file=receipt.json ;; --raw) raw=$2 ;; --output) output=$2 ;; esac
        shift
      done
      if [ -e fail ] || { [ -e fail-containing ] && [[ "\(name) ${all[*]}" == *"$(cat fail-containing)"* ]]; }; then
        if [ -n "${FAILURE_NOTES:-}" ]; then
          printf '{"tool":"\(name)","arguments":["%s"],"exitCode":75,"what":"it was told to fail","location":"a test","why":"of a test","remedy":"none"}\n' \
            "$(IFS='~'; sed 's/~/","/g' <<<"${all[*]}")" >> "$FAILURE_NOTES"
        fi
        exit 75
      fi
      \(lastStep)
      """.write(toFile: "\(folder)/tools/\(name)", atomically: true, encoding: .utf8)
      try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/tools/\(name)")
    }
    try manager.createSymbolicLink(atPath: "\(folder)/tools/plan-runs", withDestinationPath: BuiltTool.path("plan-runs"))
    try touch(".setup/done")
    try touch("tools/.built")
  }

  /// Puts the real tool in place of the one that only notes its call.
  func useReal(_ tool: String) throws {
    try remove("tools/\(tool)")
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/tools/\(tool)", withDestinationPath: BuiltTool.path(tool))
  }

  /// Paths of all files and folders with the times of their last change.
  func snapshot() throws -> [String: Date] {
    let paths = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return try paths.filter { $0 != "calls.log" }.reduce(into: [:]) { times, path in
      times[path] = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")[.modificationDate] as? Date
    }
  }

  /// Runs Make and returns how it ended and the calls of tools that it made, `tool arguments…` each; in place of the file that
  /// `--recipe` names stands what it says: `lra/listops-generated seed=1 test=20`.
  func make(_ arguments: String...) throws -> (result: ProcessResult, calls: [String]) { try make(arguments) }

  func make(_ arguments: [String]) throws -> (result: ProcessResult, calls: [String]) {
    try? FileManager.default.removeItem(atPath: "\(folder)/calls.log")
    let result = try ProcessResult.run("/usr/bin/env", ["make", "BIN=tools"] + arguments, in: folder)
    let log = (try? String(contentsOfFile: "\(folder)/calls.log", encoding: .utf8)) ?? ""
    return (result, try log.split(separator: "\n").map { try spelledOut(String($0)) })
  }

  /// The calls of tools that Make makes when it must succeed.
  func calls(_ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
    let (result, calls) = try make(arguments)
    #expect(result.status == 0, "\(result.errors)", sourceLocation: sourceLocation)
    return calls
  }

  /// Runs Make, which must fail with some words and call no tool.
  func refuse(_ arguments: String..., because words: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
    let (result, calls) = try make(arguments)
    #expect(result.status != 0 && calls == [], "\(calls)", sourceLocation: sourceLocation)
    for part in words { #expect(result.errors.contains(part), "\(result.errors)", sourceLocation: sourceLocation) }
  }

  private func spelledOut(_ call: String) throws -> String {
    guard let path = call.firstMatch(of: /--recipe ([^ ]+)/)?.1 else { return call }
    let data = try JSONDecoder().decode(DataDescription.self, from: try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(path)")))
    let numbers = data.parameters.sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }.joined()
    return call.replacingOccurrences(of: path, with: "\(data.family)/\(data.variant)\(numbers)")
  }

  /// Sets the time of files to now; files and folders that are missing are made.
  func touch(_ paths: String...) throws {
    for path in paths {
      try FileManager.default.createDirectory(
        atPath: ("\(folder)/\(path)" as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
      _ = try ProcessResult.run("/usr/bin/env", ["touch", "\(folder)/\(path)"])
    }
  }

  func append(_ text: String, to path: String) throws {
    let old = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    try (old + text).write(toFile: "\(folder)/\(path)", atomically: true, encoding: .utf8)
  }

  func edit(_ path: String, replacing old: String, by new: String) throws {
    let text = try String(contentsOfFile: "\(folder)/\(path)", encoding: .utf8)
    precondition(text.contains(old), "\(path) holds no \(old)")
    try text.replacingOccurrences(of: old, with: new).write(toFile: "\(folder)/\(path)", atomically: true, encoding: .utf8)
  }

  func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: "\(folder)/\(path)") }
}

extension [String] {
  /// The experiments that were trained, in order of their names.
  var trained: [String] {
    filter { $0.hasPrefix("train-model") }.compactMap { call in
      call.split(separator: " ").first { $0.hasPrefix("results/runs/") }.map { String($0.dropFirst("results/runs/".count)) }
    }.sorted()
  }
}
