import Datasets
import Foundation
import Operations
import SequenceModels

/// What a denoiser makes of the first picture of its test split: clean, and with the stripes of each probe.
///
/// The picture belongs to whoever made the data: `pictures.csv` stays with the run and is never shipped.
///
/// - Source: the pictures of TFB's show_faces.ipynb, with the strength of stripes that the run was tested with.
package struct PictureReport: RunReport {
  /// Most rows of a picture that are written; taller pictures leave some out, at equal distances.
  private static let largestRowCount = 128

  package func tables(_ run: ReportedRun) throws -> [ReportTable] {
    guard let shape = run.inputs.picture else { return [] }
    return [ReportTable(PictureColumn.self, try csv(run.trained, run.inputs, shape))]
  }

  /// The lines of `pictures.csv`, header included: rows and columns from 0, colours from 0 to 255.
  private func csv(_ model: any SequenceModel, _ inputs: RunInputs, _ shape: PictureShape) throws -> String {
    var pictures: [(name: String, values: [Float])] = []
    func add(_ name: String, _ data: any BatchSource) {
      guard case .values(let input) = data.batch([0], of: .test, visit: .first).input else { return }
      pictures.append((name, input.values()))
      pictures.append(("\(name)-denoised", model.output(of: .values(Tensor(input)), lengths: nil).downloaded().values()))
    }
    add("clean", inputs.data)
    for probe in inputs.configuration.training.probes ?? [] where probe.stripes != nil { add(probe.name, try inputs.data(for: probe)) }

    let stride = max(1, (shape.height + Self.largestRowCount - 1) / Self.largestRowCount)
    var table = RunTable([PictureColumn.row, .column] + pictures.flatMap { PictureColumn.colours(of: $0.name) })
    for (row, source) in Swift.stride(from: 0, to: shape.height, by: stride).enumerated() {
      for column in 0..<shape.width {
        let colours = pictures.flatMap {
          colour($0.values, at: source * shape.width + column, pixelCount: shape.height * shape.width, inputs.normalization)
        }
        table.append([row, column] + colours)
      }
    }
    return table.text
  }

  /// Red, green and blue; a gray picture has three equal ones.
  private func colour(
    _ values: [Float], at pixel: Int, pixelCount: Int, _ normalization: DatasetCard.Normalization?
  ) -> [Int] {
    let channelCount = values.count / pixelCount
    let colours = (0..<channelCount).map { channel in
      let value = Double(values[channel * pixelCount + pixel])
      let plain = value * (normalization?.deviation[channel] ?? 1) + (normalization?.mean[channel] ?? 0)
      return Int((min(1, max(0, plain)) * 255).rounded())
    }
    return channelCount == 3 ? colours : Array(repeating: colours[0], count: 3)
  }
}
