import Operations
import TestSupport
import Testing

@Suite struct PairFeaturesTests {
  @Test("features are u, v, u − v and u·v, and the gradient is their slope", arguments: Engine.all)
  func features(engine: Engine) throws {
    let (count, width) = (3, 5)
    let (rows, slopes) = (Tensor.random([2 * count, width], lane: 1), Tensor.random([count, 4 * width], lane: 2))
    func features(_ rows: [Double]) -> [Double] {
      (0..<count).flatMap { pair in
        let u = rows[pair * width..<(pair + 1) * width]
        let v = rows[(count + pair) * width..<(count + pair + 1) * width]
        return u + v + zip(u, v).map { $0 - $1 } + zip(u, v).map { $0 * $1 }
      }
    }
    let results = try engine.run([rows, slopes]) {
      [PairFeatures.forward(rows), PairFeatures.backward(outputGradient: slopes, input: rows)]
    }
    #expect(maxRelative(results[0].doubles, features(rows.doubles)) < 1e-7)
    let differences = GradientCheck.differences("rows", results[1].values(), at: rows.doubles) {
      dotProduct(features($0), slopes.doubles)
    }
    #expect(differences == [])
  }
}
