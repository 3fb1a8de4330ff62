import Accelerators
import Arrays

extension Dropout {
  /// 0 or 1/(1 − p) for each value, the same as on the host; nil where nothing is dropped.
  ///
  /// - Parameter values: what the factors are for.
  /// - Precondition: the program has a stream, from whose first position the mask's own is counted.
  static func factors(_ program: Program, _ cache: Cache, for values: Value) -> Value? {
    guard let mask = cache.mask else { return nil }
    guard let numbers = program.dropoutStream else { preconditionFailure("Dropout: the program has no stream of random numbers") }
    let shape = mask.isTied ? Array(mask.shape.prefix(2)) : mask.shape
    // Written down where the values lie, since it is cheaper to draw the numbers there than to turn them.
    func arranged(_ value: Value) -> Value { mask.isTied ? value : value.arranged(like: values) }
    var position = arranged(numbers.position.broadcast(to: shape, axes: [])) + Double(mask.stream.position)
    var stride = 1
    for axis in shape.indices.reversed() {
      position = position + arranged(program.positions(shape, axis: axis, .uint64) * Double(stride))
      stride *= shape[axis]
    }
    let words = Philox.record(numbers, block: position.shiftedRight(1), lane: mask.stream.lane, purpose: mask.stream.purpose.rawValue)
    let isOdd = position.and(position.filled(1)).compared(.equal, 1)
    let upper = isOdd.choose(words.3, else: words.1)
    let isDropped = upper.compared(.less, Double(mask.threshold))
    let one = program.constant(Double(mask.factor), shape)
    return isDropped.choose(one.filled(0), else: one).broadcast(to: mask.shape, axes: Array(shape.indices))
  }
}

extension Philox {
  /// Ten rounds in a program.
  ///
  /// - Parameter block: numbers of blocks, 64 bits without sign.
  fileprivate static func record(
    _ numbers: RandomNumbers, block: Value, lane: UInt32, purpose: UInt32
  ) -> (Value, Value, Value, Value) {
    func number(_ value: UInt32) -> Value { block.program.constant(Double(value), block.shape, .uint32) }
    func product(_ value: Value, _ factor: UInt32) -> (high: Value, low: Value) {
      let wide = value.converted(to: .uint64) * Double(factor)
      return (wide.shiftedRight(32).converted(to: .uint32), wide.converted(to: .uint32))
    }
    var state = (block.converted(to: .uint32), block.shiftedRight(32).converted(to: .uint32), number(lane), number(purpose))
    var key = (numbers.key.0, numbers.key.1)
    for round in 0..<10 {
      if round > 0 { key = (key.0 + Double(0x9E37_79B9 as UInt32), key.1 + Double(0xBB67_AE85 as UInt32)) }
      let (first, second) = (product(state.0, 0xD251_1F53), product(state.2, 0xCD9E_8D57))
      state = (
        second.high.exclusiveOr(state.1).exclusiveOr(key.0.broadcast(to: block.shape, axes: [])), second.low,
        first.high.exclusiveOr(state.3).exclusiveOr(key.1.broadcast(to: block.shape, axes: [])), first.low
      )
    }
    return state
  }
}
