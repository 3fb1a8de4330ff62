import Documents
import Foundation
import RunSupport
import Runs
import TestSupport
import Testing

/// Videos of moving digits from their raw files to the tables of a run.
@Suite(.serialized, .temporaryFolder) struct VideoTaskTests {
  @Test("frames are predicted and generated; errors by colour and step, and a film, stand in the run's folder and in its summary")
  func videos() throws {
    try BuiltTool.succeed(
      "prepare-moving-mnist", ["download", "--raw", folder + "/raw"] + MadeUpRelease.movingDigits.mirror(in: folder))
    let variant = "coloured-fastSpeed-300-frames-9-seed-1-slowSpeed-30-test-3-train-4-validation-2"
    try BuiltTool.succeed(
      "prepare-moving-mnist",
      [
        "preprocess", "--variant", "coloured", "--frames", "9", "--train", "4", "--validation", "2", "--test", "3", "--raw",
        folder + "/raw",
        "--output", "\(folder)/prepared/moving-mnist/\(variant)",
      ])
    try AtomicFile.write(
      """
      {"id": "test", "preset": "smoke",
       "data": {"family": "moving-mnist", "variant": "coloured",
         "parameters": {"frames": 9, "train": 4, "validation": 2, "test": 3, "seed": 1, "fastSpeed": 300, "slowSpeed": 30},
         "video": {"frameCount": 5, "averaging": 4, "contextCount": 6}},
       "model": {"kind": "convS5", "encoderWidths": [4, 4], "modelWidth": 4, "layerCount": 1, "modeCount": 2, "groupCount": 2,
         "frequencyScale": 1, "filterExponent": 1, "timestepMinimum": 0.001, "timestepMaximum": 0.1},
       "training": {"batchSize": 2, "epochs": 1, "optimizer": {"learningRate": 0.01, "weightDecay": 0, "decaysBiasesAndNorms": true},
         "schedule": {"kind": "constant"}}}
      """, to: folder + "/configuration.json")
    let run = folder + "/run"
    try BuiltTool.succeed(
      "train-model",
      ["--configuration", folder + "/configuration.json", "--seed", "1", "--output", run, "--data", folder + "/prepared"])
    let summary = try RunSummary(inFolder: run)
    #expect(summary.metric == .meanSquaredError && summary.testCount == 3)
    #expect(Set((summary.files ?? [:]).keys).isSuperset(of: ["next-frame.csv", "generation.csv", "film.csv"]))

    let next = try CSVTable(fromFile: run + "/next-frame.csv", fix: "-")
    #expect(next.header == NextFrameColumn.allCases.map(\.name))
    let expected = [("validation", "2"), ("test", "3")].flatMap { split, count in ["all", "red", "blue"].map { [split, $0, count] } }
    #expect(next.rows.map { Array($0[..<3]) } == expected)
    #expect(next.rows.allSatisfy { row in row[3...].allSatisfy { Double($0)?.isFinite == true } }, "\(next.rows)")

    let generated = try CSVTable(fromFile: run + "/generation.csv", fix: "-")
    #expect(generated.rows.map { Array($0[..<2]) } == (0...3).flatMap { step in ["all", "red", "blue"].map { ["\(step)", $0] } })
    // What was known last is the frame before: the first step repeats what the next one does.
    let film = try CSVTable(fromFile: run + "/film.csv", fix: "-")
    #expect(film.rows.count == 4 * 16 * 16 && film.rows[0][6...] == ["", "", ""])
    #expect(film.rows.allSatisfy { row in row[3..<6].allSatisfy { Int($0).map { (0...255).contains($0) } == true } && row[4] == "0" })
  }
}
