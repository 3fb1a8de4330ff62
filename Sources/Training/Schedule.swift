import Foundation

/// The factor on every group's own learning rate.
///
/// - Source: the reference pipelines; golden case 08 holds values of the two warm-up forms.
package struct Schedule: Encodable, Sendable, Equatable {
  package enum Kind: String, Encodable, Sendable, CaseIterable {
    /// Always 1.
    case constant
    /// Per step: linear warm-up from 0, then half a cosine to 0 at `total`; not clamped, so it rises again after that.
    case cosineOverSteps
    /// Per epoch: linear warm-up from 0, then half a cosine to 0 at `total`; epoch 0 trains with factor 0 if there is a warm-up.
    case cosineOverEpochs
    /// Per epoch: the factor halves at every `halvingEpochs`-th epoch, `total` epochs at most.
    case halvingOverEpochs
  }

  package var kind: Kind
  /// Steps or epochs of linear warm-up.
  package var warmup: Int
  /// Steps or epochs until the cosine reaches 0.
  package var total: Int
  /// Distance of the halvings.
  package var halvingEpochs: Int

  package init(kind: Kind, warmup: Int = 0, total: Int = 0, halvingEpochs: Int = 0) {
    self.kind = kind
    self.warmup = warmup
    self.total = total
    self.halvingEpochs = halvingEpochs
  }

  /// - Parameters:
  ///   - step: optimiser steps done before, from 0.
  ///   - epoch: epochs done before, from 0.
  package func factor(step: Int, epoch: Int) -> Double {
    switch kind {
    case .constant: 1
    case .cosineOverSteps: warmupThenCosine(step)
    case .cosineOverEpochs: warmupThenCosine(epoch)
    case .halvingOverEpochs: pow(0.5, Double(min(epoch, total) / max(1, halvingEpochs)))
    }
  }

  private func warmupThenCosine(_ time: Int) -> Double {
    if time < warmup { return Double(time) / Double(max(1, warmup)) }
    let progress = Double(time - warmup) / Double(max(1, total - warmup))
    return max(0, 0.5 * (1 + cos(.pi * progress)))
  }
}
