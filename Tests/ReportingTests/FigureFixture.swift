import Catalogue
import Documents
import Foundation
import Reporting
import RunSupport
import Runs
import SequenceModels
import TestSupport
import Vocabulary

/// Writes a run with every file that a run of this kind has, with made-up numbers that grow with the seed.
func writeWholeRun(of experiment: Experiment, seed: UInt64, results: String, value: Double = 0.5, lagCount: Int = 1024) throws {
  let configuration = experiment.configuration
  let classifies = configuration.model.kind == .blocks && configuration.data.family != "bidmc"
  let metric = classifies ? .accuracy : configuration.model.traits.metric
  try writeRun(of: experiment, seed: seed, value: value + 0.01 * Double(seed), unofficialData: false, results: results) { summary in
    summary.metric = metric
    summary.probes = configuration.training.probes?.map {
      RunSummary.ProbeResult(name: $0.name, value: value, loss: value, inputLoss: $0.stripes == nil ? nil : value + 0.1)
    }
  }
  let folder = "\(results)/runs/\(FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed))"
  func write(_ file: String, _ header: String, _ lines: [String]) throws {
    try AtomicFile.write(([header] + lines).joined(separator: "\n") + "\n", to: "\(folder)/\(file)")
  }
  try write(
    "metrics.csv", "epoch,step,learning_rate,train_loss,train_\(metric.rawValue),validation_loss,validation_\(metric.rawValue),seconds",
    (1...3).map { "\($0),10,0.01,2.1,0.2,2.0,\(value + 0.01 * Double($0) * Double(seed)),1.5" })
  try write(
    "responses.csv", "rank,channel,lag,initial,trained",
    (1...3).flatMap { rank in
      (0..<lagCount).map { "\(rank),\(rank + 4),\($0),\(digits(0.5 / Double($0 + 1))),\(digits(-1.0 / Double($0 + rank)))" }
    })
  switch configuration.model.kind {
  case .blocks: try writeSystems(of: experiment, lagCount: min(300, lagCount), write)
  case .wavesRegressor:
    try write(
      "errors.csv", "epoch,output,validation_absolute_error,test_absolute_error",
      (1...3).flatMap { epoch in (1...4).map { "\(epoch),\($0),9,\(Double($0) * 0.1 + 0.01 * Double(seed))" } })
    try write(
      "poles.csv", "channel,mode,initial_real,initial_imaginary,trained_real,trained_imaginary",
      (0..<4).map { "1,\($0 + 1),-0.5,\(16 * $0),-0.5,\(16 * $0 + 2)" })
    try write(
      "pole-trajectories.csv", "epoch,channel,mode,real,imaginary",
      (0...2).flatMap { epoch in
        (1...2).flatMap { channel in (1...4).map { "\(epoch),\(channel),\($0),-0.5,\(16 * ($0 - 1) - epoch * channel)" } }
      })
  case .denoiser:
    let names = ["clean", "clean-denoised", "vertical", "vertical-denoised", "horizontal", "horizontal-denoised"]
    try write(
      "pictures.csv", "row,column," + names.flatMap { name in ["red", "green", "blue"].map { "\(name)-\($0)" } }.joined(separator: ","),
      (0..<4).flatMap { row in (0..<6).map { "\(row),\($0)," + Array(repeating: "\(40 * row),128,255", count: 6).joined(separator: ",") } })
  case .delay: break
  case .convS5: try writeVideos(seed: seed, write)
  }
}

/// As short as a run writes them.
private func digits(_ value: Double) -> String { String(format: "%.7g", value) }

/// Errors of frames that grow with the step, the setting's seed and from blue to red, and a film of four steps.
private func writeVideos(seed: UInt64, _ write: (String, String, [String]) throws -> Void) throws {
  let columns = "colour,videos,mse,mse_error,psnr,ssim,repeat_mse,repeat_ratio,repeat_ratio_error,mean_mse,mean_ratio,mean_ratio_error"
  let errors = ["all": 0.01, "red": 0.02, "blue": 0.005].sorted { $0.key < $1.key }
  func fields(_ colour: String, _ error: Double, _ step: Double) -> String {
    let error = error * (1 + 0.1 * step) + 0.001 * Double(seed)
    return "\(colour),4,\(error),0.0001,\(20 + step),,\(0.04),\(error / 0.04),0.01,\(0.05),\(error / 0.05),0.01"
  }
  try write(
    "next-frame.csv", "split,\(columns)",
    ["validation", "test"].flatMap { split in errors.map { "\(split),\(fields($0.key, $0.value, 0))" } })
  try write(
    "generation.csv", "step,\(columns)",
    (0...5).flatMap { step in errors.map { "\(step),\(fields($0.key, $0.value, step == 0 ? 3 : Double(step)))" } })
  try write(
    "film.csv", "step,row,column,true_red,true_green,true_blue,made_red,made_green,made_blue",
    (0...3).flatMap { step in
      (0..<4).flatMap { row in (0..<4).map { "\(step),\(row),\($0),\(50 * row),0,255," + (step == 0 ? ",," : "255,0,\(80 * step)") } }
    })
}

private func writeSystems(of experiment: Experiment, lagCount: Int, _ write: (String, String, [String]) throws -> Void) throws {
  let layers = 1...(experiment.configuration.model.blocks?.layerCount ?? 1)
  try write(
    "kernels.csv", "layer,direction,lag,initial,trained",
    layers.flatMap { layer in (0..<lagCount).map { "\(layer),1,\($0),\(1.0 / Double($0 + layer)),\(0.5 / Double($0 + layer))" } })
  try write(
    "systems.csv", "layer,channel,initial_timestep,trained_timestep,initial_score,trained_score",
    layers.flatMap { layer in (1...4).map { "\(layer),\($0),0.01,\(0.01 * Double($0)),1,\($0 == 4 ? "" : "\(2 * $0)")" } })
  try write(
    "hankel.csv", "layer,index,initial_low,initial_median,initial_high,trained_low,trained_median,trained_high",
    layers.flatMap { layer in (1...8).map { "\(layer),\($0),\(1e-3 / Double($0)),\(1e-2 / Double($0)),0.1,1e-4,\(1e-3 / Double($0)),0.1" } }
  )
  try write(
    "perturbation.csv",
    "size,draw,loss,value,change_median,change_largest,relative_median,relative_largest,turned_poles,poles,weights",
    ["0.0,0,2,0.5,0.0,0.0,0.0,0.0,0,0,abc"]
      + [1e-4, 1e-3, 1e-2, 1e-1].flatMap { size in
        (1...3).map { "\(size),\($0),2,\(0.5 - size * Double($0)),1,2,\(size * Double($0)),1,\($0),40,abc" }
      })
  try write(
    "ranks.csv", "layer,channel,states,initial_rank,trained_rank",
    layers.flatMap { layer in (1...4).map { "\(layer),\($0),64,\(16 * $0),\($0 == 4 ? "" : "\(2 * $0)")" } })
  try write(
    "modes.csv", "layer,channel,mode,real,imaginary,score",
    layers.flatMap { layer in (1...4).map { "\(layer),1,\($0),0.5,-0.\($0),\($0)" } })
}

/// The numbers of a figure's CSV file in one series: x, y, low, high, z as they are written.
func marks(_ figure: Figure, panel: Int, series: Int) throws -> [[String]] {
  let table = try CSVTable(text: figure.csv, path: "figure.csv", fix: "-")
  return table.rows.filter { $0[0] == "\(panel)" && $0[2] == "\(series)" }.map { Array($0[4...]) }
}
