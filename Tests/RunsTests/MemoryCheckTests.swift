import Foundation
import RunFixtures
import Runs
import RunSupport
import Testing
import TestSupport
import Vocabulary

/// Whether there is the memory for a model is asked before it is made.
@Suite struct MemoryCheckTests {
  private static func inputs(width: Int) throws -> RunInputs {
    var blocks = SmallRun.blocks(SmallRun.diagonal(.minimal))
    blocks.modelWidth = width
    blocks.layerCount = 64
    return try SmallRun.inputs(.blocks(blocks), length: 64)
  }

  @Test("a model that no machine has the memory for is refused with both numbers")
  func tooWide() throws {
    let error = #expect(throws: StageError.self) { try Self.inputs(width: 65_536).makeModel(seed: 1) }
    #expect(error?.code == .badConfiguration && error?.what == "this evaluation needs more memory than there is")
    let numbers = error?.why.matches(of: /[0-9.]+ [TGMk]B/).map(\.output) ?? []
    #expect(numbers.count == 4, "\(error?.why ?? "")")
  }

  @Test("no memory is reserved for what never fits, and what fits is reserved until it is let go") func reserved() throws {
    let error = #expect(throws: StageError.self) {
      try Self.inputs(width: 65_536).reserveMemory(for: .training, name: "wide") { _ in }
    }
    #expect(error?.code == .badConfiguration && error?.why.contains("are free") == true)
    let name = "a test \(UUID())"
    var reserved = try Self.inputs(width: 32).reserveMemory(for: .training, name: name) { _ in }
    func shares() throws -> [[Reservation.Share]] { try ReservationLedger().holders().filter { $0.name == name }.map(\.shares) }
    let own = try #require(reserved).shares
    #expect(try shares() == [own] && own.first?.bytes ?? 0 > 1_000_000)
    reserved = nil
    #expect(try shares() == [])
  }

  @Test("memory and address space each have their own limit, and training needs more than evaluation")
  func limits() throws {
    let inputs = try Self.inputs(width: 32)
    let much = FreeMemory.Amount(bytes: 1 << 40, origin: "this machine")
    try inputs.checkMemory(for: .training, free: much, addressSpace: nil)
    try inputs.checkMemory(for: .training, free: nil, addressSpace: much)
    let little = FreeMemory.Amount(bytes: 4_000_000, origin: "the control group /jobs")
    try inputs.checkMemory(for: .evaluation, free: little, addressSpace: nil)
    let error = #expect(throws: StageError.self) { try inputs.checkMemory(for: .training, free: little, addressSpace: nil) }
    #expect(error?.location.hasSuffix("on the control group /jobs") == true && error?.why.hasSuffix("and 4.0 MB are free") == true)
    let narrow = FreeMemory.Amount(bytes: 4_000_000, origin: "ulimit -v")
    let other = #expect(throws: StageError.self) { try inputs.checkMemory(for: .evaluation, free: much, addressSpace: narrow) }
    #expect(other?.what == "this evaluation needs more address space than there is")
  }
}
