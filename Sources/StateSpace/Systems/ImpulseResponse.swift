/// K from its first lag on, which lies before 0 where a filter looks ahead.
package struct ImpulseResponse: Sendable {
  package var firstLag = 0
  package var values: [Double]
}
