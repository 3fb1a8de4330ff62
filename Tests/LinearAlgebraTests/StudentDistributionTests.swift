import Foundation
import LinearAlgebra
import Testing

@Suite struct StudentDistributionTests {
  /// ν, and t for the shares 0.975 and 0.95; whole ν as any table has them, the others from SciPy 1.
  static let table: [(Double, Double, Double)] = [
    (1, 12.706204736174694, 6.313751514675037), (1.3, 7.500529325562029, 4.333339183467029),
    (2, 4.302652729749462, 2.9199855803537242), (2.5, 3.5746548420036817, 2.5582186141359355),
    (3.7, 2.8675207071911895, 2.1824938039146007), (4, 2.7764451051977934, 2.1318467863266495),
    (10, 2.228138851986274, 1.8124611228116756), (30, 2.0422724563012378, 1.697260886593957),
    (120.5, 1.9798467346393642, 1.6575973863872033), (1e5, 1.9599877075346095, 1.6448688647849696),
    (1e6, 1.959966356814107, 1.6448551507220404), (1e15, 1.9599639845400545, 1.6448536269514722),
  ]

  @Test("quantiles are those of tables, also for ν that is no whole number", arguments: table)
  func quantiles(nu: Double, twoSided: Double, oneSided: Double) {
    let distribution = StudentDistribution(degreesOfFreedom: nu)
    #expect(abs(distribution.quantile(0.975) / twoSided - 1) < 1e-10)
    #expect(abs(distribution.quantile(0.95) / oneSided - 1) < 1e-10)
  }

  @Test("ν = 1 and ν = 2 have closed forms; half lies below 0") func closedForms() {
    for share in [0.5, 0.6, 0.9, 0.999] {
      let one = StudentDistribution(degreesOfFreedom: 1).quantile(share)
      #expect(abs(one - tan(Double.pi * (share - 0.5))) < 1e-9 * max(1, one))
      let two = StudentDistribution(degreesOfFreedom: 2).quantile(share)
      #expect(abs(two - (2 * share - 1) / (2 * share * (1 - share)).squareRoot()) < 1e-9)
    }
  }

  @Test("the two ways of computing it meet") func joint() {
    let (below, above) = (StudentDistribution(degreesOfFreedom: 1e4), StudentDistribution(degreesOfFreedom: 1e4 * (1 + 1e-12)))
    #expect(abs(below.quantile(0.975) - above.quantile(0.975)) < 1e-10)
  }
}
