import Foundation
import RunSupport
import Testing

@Suite struct ResourceUsageTests {
  @Test func peakMemoryGrowsWithUsedMemory() {
    let before = ResourceUsage.peakMemoryMB
    #expect(before > 1 && before < 100_000)
    let size = Int(before + 64) << 20
    let block = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 4096)
    memset(block, 1, size)
    block.deallocate()
    #expect(ResourceUsage.peakMemoryMB >= before + 60)
  }

  @Test func clockRunsForward() {
    let before = ResourceUsage.monotonicSeconds
    usleep(2000)
    #expect(ResourceUsage.monotonicSeconds - before >= 0.002)
  }
}
