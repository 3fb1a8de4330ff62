import Accelerators
import Foundation
import RunSupport
import TestSupport
import Testing

/// Programs written by hand, on the plugin for processors.
@Suite(.needsPlugin) struct DeviceTests {
  private let device: Device

  init() throws { device = try TestDevice.cpu() }

  private static let sumText = """
    module { func.func public @main(%a: tensor<3xf32>, %b: tensor<3xf32>) -> tensor<3xf32> {
      %0 = stablehlo.add %a, %b : tensor<3xf32>
      return %0 : tensor<3xf32> } }
    """

  @Test("a device says what it is") func description() throws {
    #expect(device.platform == "cpu" && device.kind == "cpu")
    #expect(!device.descriptions.isEmpty && !device.platformVersion.isEmpty)
    #expect(device.plugin.version.major == 0 && device.plugin.version.minor >= 81)
    #expect(try device.plugin.hash().count == 64)
  }

  @Test("a sum") func sum() throws {
    let program = try device.compile(Self.sumText)
    #expect(program.outputs.map(\.shape) == [[3]] && program.outputs.map(\.type) == [.float32])
    let result = try program.run([
      device.upload([1, 2, 3] as [Float], [3], .float32), device.upload([10, 20, 30] as [Float], [3], .float32),
    ])
    #expect(try result[0].numbers(0 as Float) == [11, 22, 33])
  }

  @Test("a circular convolution by Fourier transforms shifts") func transform() throws {
    let program = try device.compile(
      """
      module { func.func public @main(%a: tensor<4xf32>, %b: tensor<4xf32>) -> tensor<4xf32> {
        %0 = stablehlo.fft %a, type = RFFT, length = [4] : (tensor<4xf32>) -> tensor<3xcomplex<f32>>
        %1 = stablehlo.fft %b, type = RFFT, length = [4] : (tensor<4xf32>) -> tensor<3xcomplex<f32>>
        %2 = stablehlo.multiply %0, %1 : tensor<3xcomplex<f32>>
        %3 = stablehlo.fft %2, type = IRFFT, length = [4] : (tensor<3xcomplex<f32>>) -> tensor<4xf32>
        return %3 : tensor<4xf32> } }
      """)
    let result = try program.run([
      device.upload([1, 2, 3, 4] as [Float], [4], .float32), device.upload([0, 1, 0, 0] as [Float], [4], .float32),
    ])
    let difference = try zip(result[0].numbers(0 as Float), [4, 1, 2, 3]).map { abs($0 - $1) }
    #expect(difference.allSatisfy { $0 < 1e-6 }, "\(difference)")
  }

  @Test("a product and its transpose are two results") func product() throws {
    let program = try device.compile(
      """
      module { func.func public @main(%a: tensor<2x3xf64>, %b: tensor<3x2xf64>) -> (tensor<2x2xf64>, tensor<2x2xf64>) {
        %0 = stablehlo.dot_general %a, %b, contracting_dims = [1] x [0] : (tensor<2x3xf64>, tensor<3x2xf64>) -> tensor<2x2xf64>
        %1 = stablehlo.transpose %0, dims = [1, 0] : (tensor<2x2xf64>) -> tensor<2x2xf64>
        return %0, %1 : tensor<2x2xf64>, tensor<2x2xf64> } }
      """)
    let results = try program.run([
      device.upload([1, 2, 3, 4, 5, 6] as [Double], [2, 3], .float64), device.upload([1, 0, 0, 1, 1, 1] as [Double], [3, 2], .float64),
    ])
    #expect(try results.map { try $0.numbers(0.0) } == [[4, 5, 10, 11], [4, 10, 5, 11]])
  }

  @Test("numbers of every type go up, through a program and down unchanged", arguments: ElementType.allCases)
  func roundTrip(type: ElementType) throws {
    let bytes = type == .boolean ? [UInt8]([0, 1, 1, 0, 1, 0]) : (0..<6 * type.byteCount).map { UInt8($0) }
    let buffer = try device.upload(bytes, [2, 3], type)
    #expect(try buffer.numbers(0 as UInt8) == bytes)
    let name = "tensor<2x3x\(type.rawValue)>"
    let program = try device.compile(
      "module { func.func public @main(%a: \(name)) -> tensor<3x2x\(type.rawValue)> {\n"
        + "  %0 = stablehlo.reshape %a : (\(name)) -> tensor<3x2x\(type.rawValue)>\n  return %0 : tensor<3x2x\(type.rawValue)> } }")
    #expect(program.outputs.map(\.shape) == [[3, 2]] && program.outputs.map(\.type) == [type])
    #expect(try program.run([buffer])[0].numbers(0 as UInt8) == bytes)
  }

  @Test("a donated argument holds nothing afterwards, and using it again is an error") func donation() throws {
    let program = try device.compile(
      Self.sumText.replacingOccurrences(of: "%a: tensor<3xf32>,", with: "%a: tensor<3xf32> {tf.aliasing_output = 0 : i32},"))
    let (first, second) = (
      try device.upload([1, 2, 3] as [Float], [3], .float32), try device.upload([1, 1, 1] as [Float], [3], .float32)
    )
    let result = try program.run([first, second])[0]
    #expect(first.isDonated && !second.isDonated && !result.isDonated)
    #expect(try result.numbers(0 as Float) == [2, 3, 4])
    let again = stageError { _ = try program.run([first, second]) }
    #expect(again?.code == .internalBug && again?.location.contains("arguments [0]") == true, "\(again as Any)")
    let read = stageError { _ = try first.numbers(0 as Float) }
    #expect(read?.code == .internalBug && read?.what.contains("took its memory") == true, "\(read as Any)")
    #expect(try program.run([result, second])[0].numbers(0 as Float) == [3, 4, 5])
    if let memory = program.memoryPlan { #expect(memory.arguments == 24 && memory.outputs == 12 && memory.shared == 12, "\(memory)") }
  }

  @Test("a program without arguments; one of many steps runs to its end") func steps() throws {
    let program = try device.compile(
      """
      module { func.func public @main() -> tensor<i32> {
        %0 = stablehlo.constant dense<7> : tensor<i32>
        return %0 : tensor<i32> } }
      """)
    let result = try program.run([])[0]
    try result.wait()
    #expect(try result.shape == [] && result.numbers(0 as Int32) == [7])
  }

  @Test("a wrong count of arguments and arguments of another size are errors") func wrongArguments() throws {
    let program = try device.compile(Self.sumText)
    let (short, long) = (try device.upload([1] as [Float], [1], .float32), try device.upload([1, 1, 1] as [Float], [3], .float32))
    for arguments in [[long], [long, short], [long, long, long]] {
      let error = stageError { for result in try program.run(arguments) { try result.wait() } }
      #expect(error?.code == .inputOutput, "\(error as Any)")
    }
  }

  @Test("what does not fit in memory is a shortage, and the device goes on") func shortage() throws {
    let text = """
      module { func.func public @main(%a: tensor<f32>) -> tensor<70368744177664xf32> {
        %0 = stablehlo.broadcast_in_dim %a, dims = [] : (tensor<f32>) -> tensor<70368744177664xf32>
        return %0 : tensor<70368744177664xf32> } }
      """
    let error = stageError { try device.compile(text).run([device.upload([1] as [Float], [], .float32)])[0].wait() }
    #expect(error?.code == .systemShortage, "\(error as Any)")
    try sum()
  }
}
