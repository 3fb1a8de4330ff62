import Accelerators

/// In a program channels stand before samples behind the product, [2H, B, L], so that nothing has to be turned for it.
extension GatedMixing {
  static func record(
    _ program: Program, _ input: Tensor, weight: Tensor, bias: Tensor, dropouts: Dropouts, addingTo residual: Tensor, keepsGate: Bool
  ) -> Tensor? {
    let factors = Factors(program, dropouts, input: input, branch: residual)
    let active = factors.active(input.value(in: program))
    let product = weight.value(in: program).product(active, contracting: [(1, 1)])
    let mixed = product + bias.value(in: program).broadcast(to: product.shape, axes: [0])
    residual.set(program.sum(of: residual.value(in: program), factors.branch(Gate(mixed))))
    return keepsGate ? Tensor(mixed) : nil
  }

  static func recordBackward(
    _ program: Program, sumGradient: Tensor, sum: Tensor, input: Tensor, preGate: Tensor, weight: Tensor, dropouts: Dropouts,
    weightGradient: Tensor, biasGradient: Tensor
  ) {
    let factors = Factors(program, dropouts, input: input, branch: sumGradient)
    let gate = Gate(preGate.value(in: program))
    let whole = sum.value(in: program)
    sum.set(program.firstAddend(of: whole) ?? whole - factors.branch(gate))
    let slope = factors.onBranch.map { sumGradient.value(in: program) * $0 } ?? sumGradient.value(in: program)
    let mixedGradient = gate.gradient(slope.transposed([1, 0, 2]))
    let v = input.value(in: program)
    weightGradient.add(mixedGradient.product(factors.active(v), contracting: [(1, 0), (2, 2)]))
    biasGradient.add(mixedGradient.sum(over: [1, 2]))
    let activeGradient = weight.value(in: program).product(mixedGradient, contracting: [(0, 0)]).transposed([1, 0, 2])
    input.set(activeGradient * factors.activeSlope(v))
  }

  /// The halves of the product: values and gates, [H, B, L].
  private struct Gate {
    let values: Value
    let opening: Value

    init(_ mixed: Value) {
      let width = mixed.shape[0] / 2
      values = mixed.slice(axis: 0, 0..<width)
      opening = mixed.slice(axis: 0, width..<2 * width).logistic
    }

    /// The gradient of both halves.
    func gradient(_ slope: Value) -> Value {
      let valueGradient = slope * opening
      return Value.concatenated([valueGradient, valueGradient * values * (1 - opening)], axis: 0)
    }
  }

  /// What the masks multiply with, nil where nothing is dropped.
  private struct Factors {
    let beforeActivation: Value?
    let afterActivation: Value?
    let onBranch: Value?

    init(_ program: Program, _ dropouts: Dropouts, input: Tensor, branch: Tensor) {
      let (input, branch) = (input.value(in: program), branch.value(in: program))
      beforeActivation = Dropout.factors(program, dropouts.beforeActivation, for: input)
      afterActivation = Dropout.factors(program, dropouts.afterActivation, for: input)
      onBranch = Dropout.factors(program, dropouts.onBranch, for: branch)
    }

    /// drop₂(GELU(drop₁(v))).
    func active(_ v: Value) -> Value { times(Activation.Kind.gelu.value(times(v, beforeActivation)), afterActivation) }

    /// Its derivative by v.
    func activeSlope(_ v: Value) -> Value {
      let v = v.again
      return times(times(Activation.Kind.gelu.slope(times(v, beforeActivation)), beforeActivation), afterActivation)
    }

    /// drop₃(values·σ(gates)), [B, H, L].
    func branch(_ gate: Gate) -> Value { times((gate.values * gate.opening).transposed([1, 0, 2]), onBranch) }

    private func times(_ value: Value, _ factor: Value?) -> Value { factor.map { value * $0 } ?? value }
  }
}
