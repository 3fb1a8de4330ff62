import Arrays
import Foundation
import Operations
import Runs
import Testing

@Suite struct PredictionTableTests {
  @Test("classes: the largest logit, the first of equals, and logarithms of the softmax; indices go on from batch to batch")
  func classes() throws {
    var table = PredictionTable()
    let first = table.lines(Tensor([2, 3], values: [0, 0, 0, 1, 3, 2]), .classes([2, 1]))
    let second = table.lines(Tensor([1, 3], values: [1000, 0, -1000]), .classes([0]))
    let lines = (first + second).split(separator: "\n")
    #expect(lines[0] == "index,target,prediction,log_probability_0,log_probability_1,log_probability_2")
    let rows = try lines.dropFirst().map { try $0.split(separator: ",").map { try #require(Double($0)) } }
    #expect(rows.map { Array($0[..<3]) } == [[0, 2, 0], [1, 1, 1], [2, 0, 0]])
    let normalizer = log(exp(1.0) + exp(2) + exp(3))
    let expected = [[Double](repeating: -log(3.0), count: 3), [1, 3, 2].map { $0 - normalizer }, [0, -1000, -2000]]
    for (row, expected) in zip(rows, expected) { #expect(zip(row[3...], expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(row)") }
  }

  @Test("numbers: one, several, and one at each step")
  func numbers() {
    func lines(_ shape: [Int], _ output: [Float], _ target: [Float]) -> String {
      var table = PredictionTable()
      return table.lines(Tensor(shape, values: output), .numbers(HostArray(shape, values: target)))
    }
    #expect(lines([2, 1], [0.5, 1], [2, 3]) == "index,target,prediction\n0,2.0,0.5\n1,3.0,1.0\n")
    #expect(
      lines([1, 2], [0.5, 1], [2, 3]) == "index,target_1,prediction_1,target_2,prediction_2\n0,2.0,0.5,3.0,1.0\n")
    #expect(
      lines([1, 2, 2], [1, 2, 3, 4], [5, 6, 7, 8])
        == "index,step,target_1,prediction_1,target_2,prediction_2\n0,0,5.0,1.0,7.0,3.0\n0,1,6.0,2.0,8.0,4.0\n")
  }
}
