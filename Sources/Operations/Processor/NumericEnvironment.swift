import CBLAS
import CFFTW
import CProcessor
import Foundation
import RunSupport

/// The parts of the machine that decide which bits a computation gives.
package struct NumericEnvironment: Codable, Sendable, Equatable {
  package var blas: String
  package var blasCore: String
  package var fft: String
  /// How FFTW plans: from stored wisdom, named by its hash, or estimated, so that plans depend on the length alone.
  package var fftPlanning: String
  package var cLibrary: String
  /// The layout of chunks and blocks; raised whenever a change of it changes bits.
  package var chunkScheme: Int

  package static func current() -> NumericEnvironment {
    NumericEnvironment(
      blas: String(cString: openblas_get_config()).split(separator: " ").prefix(2).joined(separator: " "),
      blasCore: String(cString: openblas_get_corename()),
      fft: FourierTransform.libraryVersion,
      fftPlanning: FourierWisdom.planning,
      cLibrary: String(cString: ssm_c_library_version()),
      chunkScheme: 4)
  }

  /// Vector instructions that the kernels of this build need.
  package enum Vectors: String, Sendable {
    case avx512 = "AVX-512"
    case avx2 = "AVX2"
    /// What every processor of the architecture has.
    case basic

    package static var compiled: Vectors {
      #if SSM_AVX512
        .avx512
      #elseif SSM_AVX2
        .avx2
      #else
        .basic
      #endif
    }

    package var areOffered: Bool {
      switch self {
      case .avx512: ssm_processor_has_avx512() != 0
      case .avx2: ssm_processor_has_avx2() != 0
      case .basic: true
      }
    }

    /// - Throws: `StageError` (`badConfiguration`) where the processor would stop at the first of them.
    package func check(areOffered: Bool) throws {
      if areOffered { return }
      throw StageError(
        .badConfiguration, "this build cannot run on this processor", where: "numeric kernels",
        why: "they were built for a processor with \(rawValue), and this one has none",
        fix: self == .avx512
          ? "build on this machine (`make build`), or anywhere with SSM_VECTORS=avx2 in the environment"
          : "use a processor of 2013 or newer")
    }
  }

  /// Gives OpenBLAS the kernels of this processor and one thread of its own, whatever the environment says, and starts our threads.
  ///
  /// OpenBLAS chooses its kernels before `main` runs, from the processor or from variables that may be inherited and wrong,
  /// so the process starts itself again with the right ones. Call it first in `main`; it returns only when all is set.
  ///
  /// - Parameters:
  ///   - threadCount: threads of `Parallel`; all cores if absent.
  ///   - processes: those of one run that share the cores.
  /// - Throws: `StageError`: `badConfiguration` when this processor cannot run what was built, or the variables stay wrong;
  ///   `systemShortage` where the threads cannot start.
  package static func prepareProcess(threadCount: Int? = nil, processes: Int = 1) throws {
    try Vectors.compiled.check(areOffered: Vectors.compiled.areOffered)
    let environment = ProcessInfo.processInfo.environment
    if let wrong = wantedVariables.first(where: { environment[$0.name] != $0.value }) {
      try startAgain(because: wrong, isSecondStart: environment[restartMark] == ownNumber)
    }
    openblas_set_num_threads(1)
    ssm_prepare_allocator()
    try Parallel.start(threadCount: threadCount ?? (processes == 1 ? nil : max(1, Parallel.threadCount / processes)))
  }

  /// Variables that OpenBLAS reads, and what they must be; nil is unset.
  private static var wantedVariables: [(name: String, value: String?)] {
    [
      ("OPENBLAS_CORETYPE", blasCoreRule), ("OPENBLAS_NUM_THREADS", "1"), ("OPENBLAS_L2_SIZE", nil), ("OPENBLAS_BLOCK_FACTOR", nil),
    ]
  }

  /// Says that this process has already started itself again. Its value is the number of the process, which stays the same then and which
  /// no inherited variable holds.
  private static let restartMark = "SSM_NUMERIC_ENVIRONMENT"

  private static var ownNumber: String { String(ProcessInfo.processInfo.processIdentifier) }

  private static func startAgain(because wrong: (name: String, value: String?), isSecondStart: Bool) throws {
    if !isSecondStart {
      for (name, value) in wantedVariables {
        if let value { setenv(name, value, 1) } else { unsetenv(name) }
      }
      setenv(restartMark, ownNumber, 1)
      var arguments = CommandLine.arguments.map { strdup($0) } + [nil]
      execv("/proc/self/exe", &arguments)
    }
    throw StageError(
      .badConfiguration, "OpenBLAS cannot be set for this processor", where: "the variable \(wrong.name)",
      why: isSecondStart
        ? "something sets it anew whenever a program starts" : "the program cannot start itself again: \(String(cString: strerror(errno)))",
      fix: wrong.value.map { "set \(wrong.name)=\($0) before the start" } ?? "unset \(wrong.name) before the start")
  }

  /// The fastest kernels of OpenBLAS that the processor can run.
  private static var blasCoreRule: String? {
    if ssm_processor_has_avx512() != 0 { return "SkylakeX" }
    if ssm_processor_has_avx2() != 0 { return "Haswell" }
    return nil
  }
}
