import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing
import Training

@Suite(.temporaryFolder) struct RunTableTests {
  @Test("columns are named by the metric")
  func header() {
    #expect(
      EpochMetrics.csv([], metric: .accuracy)
        == "epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds\n")
    #expect(EpochMetrics.csv([], metric: .rootMeanSquaredError).contains("train_rmse,validation_loss,validation_rmse"))
  }

  @Test("errors on the test split stay empty where an epoch has none of an output")
  func errors() throws {
    let epoch = """
      {"epoch": 1, "step": 3, "learningRate": 0.1, "seconds": 1, "train": {"sampleCount": 2},
       "validation": {"sampleCount": 2, "absoluteErrorSums": [1, 2]}, "test": {"sampleCount": 2, "absoluteErrorSums": [3]}}
      """
    var metrics = try JSONDecoder().decode(EpochMetrics.self, from: Data(epoch.utf8))
    let header = "epoch,output,validation_absolute_error,test_absolute_error\n"
    #expect(EpochMetrics.errorsCSV([metrics]) == header + "1,1,0.5,1.5\n1,2,1,\n")
    metrics.test = nil
    #expect(EpochMetrics.errorsCSV([metrics]) == header + "1,1,0.5,\n1,2,1,\n")
  }

  @Test("names of columns are the format of finished runs")
  func names() {
    func header<Column: RunColumn & CaseIterable>(_: Column.Type) -> String { String(RunTable<Column>().text.dropLast()) }
    #expect(header(KernelColumn.self) == "layer,direction,lag,initial,trained")
    #expect(header(ResponseColumn.self) == "rank,channel,lag,initial,trained")
    #expect(header(SystemColumn.self) == "layer,channel,initial_timestep,trained_timestep,initial_score,trained_score")
    #expect(
      header(HankelColumn.self)
        == "layer,index,initial_low,initial_median,initial_high,trained_low,trained_median,trained_high")
    #expect(header(RankColumn.self) == "layer,channel,states,initial_rank,trained_rank")
    #expect(header(ModeColumn.self) == "layer,channel,mode,real,imaginary,score")
    #expect(header(PoleColumn.self) == "channel,mode,initial_real,initial_imaginary,trained_real,trained_imaginary")
    #expect(header(PoleTrajectoryColumn.self) == "epoch,channel,mode,real,imaginary")
    #expect(header(OutputErrorColumn.self) == "epoch,output,validation_absolute_error,test_absolute_error")
    #expect(PictureColumn.colours(of: "clean").map(\.name) == ["clean-red", "clean-green", "clean-blue"])
  }

  @Test("a table is read by the columns with which it was written; an earlier run may lack it")
  func reading() throws {
    let experiment = try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
    let path = "runs/\(FinishedRun.relativePath(experiment: experiment.id, preset: .smoke, seed: 1))"
    try RunSummary.fixture(experiment, seed: 1).write(results: folder)
    try AtomicFile.write(
      RunTable<KernelColumn>().text + "1,1,0,0.5,\n1,2,0,1,2\n2,1,0,3,4\n", to: "\(folder)/\(path)/\(KernelColumn.file)")
    let run = try #require(FinishedRuns(results: folder).runs(of: experiment).first)
    #expect(try run.rows([KernelColumn.trained, .initial], where: [.layer: 1]) == [[nil, 0.5], [2, 1]])
    #expect(try run.rows([ModeColumn.real]) == nil)
    try AtomicFile.write("layer\n1\n", to: "\(folder)/\(path)/\(ModeColumn.file)")
    #expect(throws: StageError.self) { try run.rows([ModeColumn.real]) }
  }
}
