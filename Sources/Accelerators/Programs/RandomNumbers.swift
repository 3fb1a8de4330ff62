/// Where a program finds its random numbers: the key and the first position of the stream that the step draws from, as arguments, so that one
/// program serves every seed and step.
package struct RandomNumbers {
  /// The lower and the upper half of the seed, 32 bits each, without sign.
  package let key: (Value, Value)
  /// 64 bits without sign.
  package let position: Value

  package init(key: (Value, Value), position: Value) { (self.key, self.position) = (key, position) }
}
