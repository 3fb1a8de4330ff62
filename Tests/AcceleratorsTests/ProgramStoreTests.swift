import Accelerators
import Foundation
import RunSupport
import TestSupport
import Testing

/// Programs compiled by the plugin for processors, kept in a folder.
@Suite(.temporaryFolder, .needsPlugin) struct ProgramStoreTests {
  private let device: Device
  private let store: ProgramStore

  init() throws {
    device = try TestDevice.cpu()
    store = ProgramStore(device, folder: folder + "/programs")
  }

  private func text(_ factor: Int) -> String {
    """
    module { func.func public @main(%a: tensor<2xf32> {tf.aliasing_output = 0 : i32}) -> (tensor<2xf32>, tensor<2x1xi1>) {
      %0 = stablehlo.constant dense<\(factor).0> : tensor<2xf32>
      %1 = stablehlo.multiply %a, %0 : tensor<2xf32>
      %2 = stablehlo.compare LT, %1, %0 : (tensor<2xf32>, tensor<2xf32>) -> tensor<2xi1>
      %3 = stablehlo.reshape %2 : (tensor<2xi1>) -> tensor<2x1xi1>
      return %1, %3 : tensor<2xf32>, tensor<2x1xi1> } }
    """
  }

  private func expectResults(_ program: CompiledProgram, _ factor: Float) throws {
    let argument = try device.upload([0.5, 4] as [Float], [2], .float32)
    let results = try program.run([argument])
    #expect(try results[0].numbers(0 as Float) == [factor / 2, factor * 4] && results[1].numbers(false) == [true, false])
    #expect(results[1].shape == [2, 1] && argument.isDonated)
  }

  private var entries: [String] { ((try? InputFile.names(inFolder: store.folder)) ?? []).map { "\(store.folder)/\($0)" } }

  @Test("the second time a program is not compiled, and computes the same") func hit() throws {
    let (first, second) = (try store.program(text(3)), try store.program(text(3)))
    #expect(!first.isKept && second.isKept && entries.count == 1)
    for program in [first.program, second.program] { try expectResults(program, 3) }
    #expect(first.program.outputs == second.program.outputs)
  }

  @Test("a program from the folder gives the bits of the one that was compiled") func bits() throws {
    let text = """
      module { func.func public @main(%a: tensor<32x64xf32>) -> tensor<32xf32> {
        %0 = stablehlo.fft %a, type = RFFT, length = [64] : (tensor<32x64xf32>) -> tensor<32x33xcomplex<f32>>
        %1 = stablehlo.abs %0 : (tensor<32x33xcomplex<f32>>) -> tensor<32x33xf32>
        %2 = stablehlo.dot_general %1, %1, contracting_dims = [1] x [1] : (tensor<32x33xf32>, tensor<32x33xf32>) -> tensor<32x32xf32>
        %3 = stablehlo.tanh %2 : tensor<32x32xf32>
        %4 = stablehlo.exponential %3 : tensor<32x32xf32>
        %5 = stablehlo.constant dense<0.0> : tensor<f32>
        %6 = stablehlo.reduce(%4 init: %5) applies stablehlo.add across dimensions = [1] : (tensor<32x32xf32>, tensor<f32>) -> tensor<32xf32>
        return %6 : tensor<32xf32> } }
      """
    let argument = try device.upload((0..<2048).map { Float(($0 * 37) % 101) / 20000 }, [32, 64], .float32)
    let programs = [try store.program(text), try store.program(text)]
    let results = try programs.map { try $0.program.run([argument])[0].numbers(0 as UInt32) }
    #expect(programs[1].isKept && results[0] == results[1] && Set(results[0]).count > 16)
  }

  @Test("another text or other options are another program") func keys() throws {
    _ = try store.program(text(3))
    #expect(try !store.program(text(4)).isKept)
    let options = CompileOptions(flags: ["xla_backend_optimization_level": .integer(1)])
    #expect(try !store.program(text(3), options: options).isKept)
    #expect(try store.program(text(3), options: options).isKept && entries.count == 3)
  }

  @Test("a damaged entry is compiled anew and mended", arguments: ["cut", "changed", "empty", "foreign", "folder"])
  func damage(kind: String) throws {
    _ = try store.program(text(3))
    let path = try #require(entries.first)
    var bytes = try #require(FileManager.default.contents(atPath: path))
    switch kind {
    case "cut": bytes.removeLast(100)
    case "changed": bytes[bytes.count / 2] ^= 1
    case "empty": bytes = Data()
    case "foreign": bytes = Data("\(FileHash.hex(of: Data("text".utf8)))\ntext".utf8)
    default:
      unlink(path)
      try AtomicFile.makeDirectory(path + "/inside")
    }
    if kind != "folder" { try bytes.write(to: URL(fileURLWithPath: path)) }
    let again = try store.program(text(3))
    #expect(!again.isKept)
    try expectResults(again.program, 3)
    #expect(try store.program(text(3)).isKept == (kind != "folder"))
  }

  @Test("a folder that cannot be written is no error") func unwritable() throws {
    try AtomicFile.write("text", to: folder + "/file")
    let store = ProgramStore(device, folder: folder + "/file/programs")
    for _ in 0..<2 { #expect(try !store.program(text(3)).isKept) }
  }

  @Test("what was not used for longest makes room") func capacity() throws {
    _ = try store.program(text(3))
    let size = try #require(FileManager.default.contents(atPath: entries[0])).count
    let small = ProgramStore(device, folder: store.folder, capacity: size * 5 / 2)
    _ = try small.program(text(4))
    // The first one is used again, after a file system's tick.
    usleep(20_000)
    #expect(try small.program(text(3)).isKept)
    _ = try small.program(text(5))
    #expect(entries.count == 2)
    #expect(try small.program(text(3)).isKept && small.program(text(5)).isKept && !small.program(text(4)).isKept)
  }
}
