import ComplexModule
import Foundation
import StateSpace
import SystemAnalysis
import TestSupport
import Testing

/// Every kind of system seen through the one protocol.
@Suite struct LayerSystemTests {
  @Test func frequencyGrids() {
    #expect(FrequencyGrid.even(1...3, pointCount: 5) == [1, 1.5, 2, 2.5, 3])
    let grid = FrequencyGrid.logarithmic(1...1000, pointCount: 4)
    #expect(maxRelative(grid, [1, 10, 100, 1000]) < 1e-15)
    #expect(grid.first == 1 && grid.last == 1000)
  }
}
