import ArgumentParser
import Datasets
import Foundation
import Operations
import RunSupport
import SequenceModels
import ToolSupport
import Training

/// What reading a prepared dataset costs beside the step that uses it.
struct Batches: Tool {
  static let configuration = CommandConfiguration(
    commandName: "batches", abstract: "Times the way from a prepared dataset to batches beside the training step that they feed.")

  @Option(help: "Prepared folder with classes as targets.", completion: .directory) var data: String
  @OptionGroup var model: ModelOptions
  @OptionGroup var count: RunCount

  func run() throws {
    var shape = try model.prepared()
    let dataset = try PreparedDataset(directory: data)
    guard case .classes(let classCount) = dataset.description.target, dataset.description.documentCount == 1 else {
      throw StageError(
        .badConfiguration, "the dataset has no single sequence with a class", where: data,
        why: "the measured model is a plain classifier", fix: "name a dataset of classes, such as Pathfinder or ListOps")
    }
    shape.sequenceLength = dataset.description.sequenceLength
    shape.batchSize = min(shape.batchSize, dataset.count(of: .train))
    let step = try BenchmarkStep(
      shape, layer: model.layer, bidirectional: model.bidirectional,
      description: InputDescription(kind: dataset.description.input, outputCount: classCount), input: .zeros([1, 1, 1]), labels: [])
    let (batchSize, recordCount) = (shape.batchSize, dataset.count(of: .train))
    let positions: @Sendable (Int) -> [Int] = { index in (0..<batchSize).map { (index * batchSize + $0) % recordCount } }

    // Gathered on the thread at hand: all that the path costs.
    let gather = Times((0..<count.runs + 1).map { index in Times.milliseconds { _ = dataset.batch(positions(index), of: .train) } })
    // Gathered beside the steps, as in training: what the step waits for.
    let batches = Prefetcher(0..<count.runs + 1) { dataset.batch(positions($0), of: .train) }
    var (waits, steps): ([Double], [Double]) = ([], [])
    while true {
      var batch: Batch?
      let wait = try Times.milliseconds { batch = try batches.nextItem() }
      guard let batch else { break }
      waits.append(wait)
      steps.append(
        Times.milliseconds {
          step.run(SequenceInput(batch.input), lengths: batch.lengths.map(Integers.init), labels: Integers(batch.labels))
        })
    }
    let (wait, work) = (Times(Array(waits.dropFirst())), Times(Array(steps.dropFirst())))
    print("dataset,shape,layer,batch,length,ms_step,ms_gather,ms_wait,gather_percent,wait_percent,threads")
    print(
      "\((data as NSString).lastPathComponent),\(shape.name),\(model.layer.rawValue),\(shape.batchSize),\(shape.sequenceLength),"
        + "\(decimals(work.median)),\(decimals(gather.median, 3)),\(decimals(wait.median, 3)),"
        + "\(decimals(100 * gather.median / work.median, 3)),\(decimals(100 * wait.median / work.median, 3)),\(Parallel.threadCount)")
  }
}
