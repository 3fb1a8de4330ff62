import Foundation
import RunSupport
import TestSupport
import Testing

/// What a training does with less of the machine than it needs, and with variables that are set against it.
@Suite(.temporaryFolder) struct MachineLimitTests {
  @Test("with little address space a training ends with a result or both numbers, and never hangs", .timeLimit(.minutes(1)))
  func addressSpace() throws {
    for (megabytes, threads) in [(280, 1), (400, 1), (600, 1), (400, 8), (1000, 8)] {
      let training = try SmallTraining(in: "\(folder)/\(megabytes)-\(threads)")
      let result = try training.run("ulimit -v \(megabytes)000; exec timeout -k 1 10 \"$@\"", ["--threads", "\(threads)"])
      if result.status == 0 { continue }
      if threads == 8 { #expect(result.status == 71 && result.errors.contains("there is no room for 8 threads"), "\(result)") }
      let hasBoth = result.errors.contains("are needed") && (result.errors.contains("are left") || result.errors.contains("are free"))
      #expect([71, 78].contains(result.status) && hasBoth, "\(result)")
    }
  }

  @Test("a model larger than the machine ends a training before it is made, with both numbers", .timeLimit(.minutes(1)))
  func memory() throws {
    let result = try SmallTraining(in: folder, modelWidth: 65_536, modeCount: 65_536).run()
    #expect(result.status == 78 && result.errors.contains("GB are needed") && result.errors.contains("are free"), "\(result)")
  }

  @Test("with little address space other tools end, also if BLAS's own threads find no memory", .timeLimit(.minutes(1)))
  func addressSpaceAtTheEnd() throws {
    for megabytes in [200, 250, 300] {
      let line = "ulimit -v \(megabytes)000; exec timeout -k 1 10 '\(BuiltTool.path("prepare-moving-mnist"))' download --sources /nowhere"
      let result = try ProcessResult.run("/bin/bash", ["-c", line])
      #expect(result.status == 66 || result.status == 127, "\(result)")
    }
  }

  @Test(
    "no variable turns the choice of BLAS's kernels off",
    arguments: [["SSM_NUMERIC_ENVIRONMENT": "1"], ["SSM_NUMERIC_ENVIRONMENT": "1", "OPENBLAS_BLOCK_FACTOR": "10"], [:]])
  func blasKernels(more: [String: String]) throws {
    let (usual, disturbed) = (try SmallTraining(in: folder + "/usual"), try SmallTraining(in: folder + "/disturbed"))
    let other = ["OPENBLAS_CORETYPE": "Prescott", "OPENBLAS_NUM_THREADS": "4"]
    #expect(try usual.run().status == 0)
    let result = try disturbed.run(environment: other.merging(more) { $1 })
    #expect(result.status == 0, "\(result.errors)")
    let (expected, found) = (try usual.summary(), try disturbed.summary())
    #expect(found.fingerprint == expected.fingerprint && found.testLoss == expected.testLoss)
  }
}
