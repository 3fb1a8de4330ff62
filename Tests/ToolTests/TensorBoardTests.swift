import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

/// Event files as Python's tensorboard reads them. The tool is built only where SSM_TENSORBOARD asks for it: `make check-tensorboard`.
@Suite(
  .temporaryFolder,
  .enabled(
    if: ProcessInfo.processInfo.environment["SSM_TENSORBOARD"] != nil && Python.withTensorBoard != nil,
    "needs the tool of `make check-tensorboard`, and Python with tensorboard"))
struct TensorBoardTests {
  private static let run = "tiny-listops-s4d-lin/smoke/seed-1"

  /// Prints every number as `tag step time value` and the beginning of every text, both in TensorBoard's order.
  private static let reader = """
    import sys
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
    events = EventAccumulator(sys.argv[1])
    events.Reload()
    for tag in events.Tags()["scalars"]:
        for event in events.Scalars(tag):
            print(tag, event.step, event.wall_time, "%.6g" % event.value)
    for tag in events.Tags()["tensors"]:
        plugin = events.SummaryMetadata(tag).plugin_data.plugin_name
        for event in events.Tensors(tag):
            print(tag, event.step, plugin, event.tensor_proto.string_val[0].decode().split("\\n")[1].strip())
    """

  private func writeRun() throws {
    try RunSummary.fixture(ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke), seed: 1).write(results: folder)
    try AtomicFile.write(
      """
      epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds
      1,10,0.01,2.5,0.25,2.25,0.375,1.5
      2,20,0.005,1.5,0.5,1.75,0.625,3.0

      """, to: "\(folder)/runs/\(Self.run)/metrics.csv")
  }

  @Test("tensorboard finds every number with step and time, and the texts") func readBack() throws {
    try writeRun()
    let arguments = ["--results", folder, "--output", "\(folder)/events", "--run", Self.run]
    try BuiltTool.succeed("export-tensorboard", arguments)
    let read = try #require(Python.run(Self.reader, "\(folder)/events/\(Self.run)", with: Python.withTensorBoard))
    let lines = read.output.split(separator: "\n").map(String.init)
    let expected = [
      "epoch 10 1.5 1", "learning_rate 20 3.0 0.005", "loss/train 10 1.5 2.5", "loss/train 20 3.0 1.5", "accuracy/validation 20 3.0 0.625",
      "accuracy/test 10 1.5 0.5", "configuration 0 text \"data\" : {",
    ]
    #expect(expected.allSatisfy(lines.contains), "\(read)")
    #expect(lines.count == 2 * 6 + 2 + 2, "\(lines)")
    let file = "\(folder)/events/\(Self.run)/events.out.tfevents.ssm-repro"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    #expect(try BuiltTool.succeed("export-tensorboard", arguments).output.contains("1 event files unchanged"))
    // The checksums are looked at: a changed byte ends the reading.
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file))
    let damaged = try #require(Python.run(Self.reader, "\(folder)/events/\(Self.run)", with: Python.withTensorBoard))
    #expect(damaged.output.split(separator: "\n").count < lines.count, "\(damaged)")
  }

  @Test("runs that are not there are named before anything is written") func refusals() throws {
    try writeRun()
    let arguments = ["--results", folder, "--output", "\(folder)/events", "--run"]
    try BuiltTool.refuse("export-tensorboard", arguments + [Self.run, "--run", "a/smoke/seed-1"], status: 66, "there is no run a/smoke")
    try BuiltTool.refuse("export-tensorboard", arguments + [""], status: 64, "no run is named")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/events"))
  }
}
