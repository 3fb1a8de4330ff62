import Foundation
import Runs

/// What a step of a shape does, as products of its sizes: its time is a sum of these with factors that belong to a machine.
///
/// The two of most steps are B·H·L·log L of the transforms and B·L·H² of the mixing; the others matter where batches or models are small.
struct StepWork {
  enum Term: Hashable, CaseIterable {
    /// B·(H + C)·P·log P for P points.
    case transforms
    /// B·L·C·H.
    case mixing
    /// B·L·H: norm, gate and residual sum; of ConvS5 B·L·kept numbers.
    case steps
    /// B·L·H where the norm is over the batch.
    case batchNorm
    /// Systems·modes·L; of ConvS5 B·L·products.
    case kernels(StepShape.Kind)
    /// One a layer.
    case layer
    /// Transforms and kernels of a model that has no blocks; long transforms do not fit into the caches and take several times as long.
    case bank(StepShape.Kind, isLong: Bool)
    case bankKernels(StepShape.Kind, isLong: Bool)

    static let allCases: [Term] =
      [.transforms, .mixing, .steps, .batchNorm, .layer]
      + StepShape.Kind.allCases.flatMap { kind in
        kind.isBank
          ? [false, true].flatMap { [.bank(kind, isLong: $0), .bankKernels(kind, isLong: $0)] } : [.kernels(kind)]
      }
  }

  /// In units of 10⁹, but for `layer`.
  let amounts: [Term: Double]

  /// Points of a transform beyond which it is long.
  private static let longest = 1 << 18

  init(_ shape: StepShape) {
    let (batch, length, points) = (Double(shape.batchSize), Double(shape.length), Double(shape.points))
    let (width, outputs, layers) = (Double(shape.width), Double(shape.outputs), Double(shape.layers))
    let transforms = 1e-9 * layers * batch * (width + outputs) * points * log2(max(2, points))
    let kernels = 1e-9 * layers * Double(shape.terms) * length
    if shape.kind == .convS5 {
      let frames = 1e-9 * batch * length
      amounts = [.kernels(.convS5): frames * Double(shape.terms), .steps: frames * Double(shape.outputs)]
    } else if shape.kind.isBank {
      let isLong = shape.points > Self.longest
      amounts = [.bank(shape.kind, isLong: isLong): transforms, .bankKernels(shape.kind, isLong: isLong): kernels]
    } else {
      let steps = 1e-9 * layers * batch * length * width
      amounts = [
        .transforms: transforms, .mixing: steps * outputs, .steps: steps, .batchNorm: shape.hasBatchNorm ? steps : 0,
        .kernels(shape.kind): kernels, .layer: layers,
      ]
    }
  }
}

/// Factors of the terms of work, none below 0, with which measured times are met best.
package struct WorkFactors {
  private let factors: [StepWork.Term: Double]

  /// Least squares of the relative differences, by turns for one factor at a time, which converges because the problem is convex.
  ///
  /// - Parameter measured: shapes with their milliseconds, all positive.
  package init(_ measured: [(shape: StepShape, milliseconds: Double)]) {
    let rows = measured.map { row in StepWork(row.shape).amounts.mapValues { $0 / row.milliseconds } }
    let terms = StepWork.Term.allCases.filter { term in rows.contains { $0[term, default: 0] > 0 } }
    let columns = terms.map { term in rows.map { $0[term, default: 0] } }
    let products = columns.map { column in columns.map { zip(column, $0).reduce(0) { $0 + $1.0 * $1.1 } } }
    // What a column has in common with the part of the ones that is not met yet.
    var slopes = columns.map { $0.reduce(0, +) }
    var factors = terms.map { _ in 0.0 }
    for _ in 0..<Self.sweepCount {
      for index in terms.indices {
        let change = max(-factors[index], slopes[index] / products[index][index])
        factors[index] += change
        for other in terms.indices { slopes[other] -= change * products[index][other] }
      }
    }
    self.factors = Dictionary(uniqueKeysWithValues: zip(terms, factors))
  }

  private static let sweepCount = 2000

  /// Whether shapes of this kind were among the measured ones.
  func know(_ kind: StepShape.Kind) -> Bool {
    factor(of: kind.isBank ? .bankKernels(kind, isLong: false) : .kernels(kind)) != nil
  }

  /// Where transforms of one length alone are known, the others count as they do.
  private func factor(of term: StepWork.Term) -> Double? {
    switch term {
    case .bank(let kind, let isLong): factors[term] ?? factors[.bank(kind, isLong: !isLong)]
    case .bankKernels(let kind, let isLong): factors[term] ?? factors[.bankKernels(kind, isLong: !isLong)]
    default: factors[term]
    }
  }

  package func milliseconds(_ shape: StepShape) -> Double {
    let amounts = StepWork(shape).amounts
    return StepWork.Term.allCases.reduce(0) { $0 + amounts[$1, default: 0] * (factor(of: $1) ?? 0) }
  }
}
