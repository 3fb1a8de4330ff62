/// How a plugin compiles a program, as the message `CompileOptionsProto` of XLA.
package struct CompileOptions: Sendable, Hashable {
  /// The value of a flag of XLA.
  package enum Flag: Sendable, Hashable {
    case boolean(Bool)
    case integer(Int)
    case text(String)
  }

  /// Flags of XLA by their names, such as `xla_gpu_autotune_level`; a plugin refuses those that it does not know.
  package var flags: [String: Flag]

  package init(flags: [String: Flag] = [:]) {
    self.flags = flags
  }

  /// The message's bytes; equal options have equal bytes.
  func encoded() -> [UInt8] {
    var message = ProtocolMessage()
    var build = ProtocolMessage()
    build.append(1, field: 4)  // num_replicas
    build.append(1, field: 5)  // num_partitions
    message.append(build.bytes, field: 3)  // executable_build_options
    for (name, flag) in flags.sorted(by: { $0.key < $1.key }) {
      var value = ProtocolMessage()
      switch flag {
      case .text(let text): value.append(Array(text.utf8), field: 1)
      case .boolean(let isSet): value.append(isSet ? 1 : 0, field: 2)
      case .integer(let number): value.append(UInt64(bitPattern: Int64(number)), field: 3)
      }
      var entry = ProtocolMessage()
      entry.append(Array(name.utf8), field: 1)
      entry.append(value.bytes, field: 2)
      message.append(entry.bytes, field: 7)  // env_option_overrides
    }
    return message.bytes
  }
}

/// The bytes of a message in the format of protocol buffers, as far as it is needed here.
private struct ProtocolMessage {
  private(set) var bytes: [UInt8] = []

  mutating func append(_ number: UInt64, field: UInt64) {
    appendNumber(field << 3)
    appendNumber(number)
  }

  mutating func append(_ content: [UInt8], field: UInt64) {
    appendNumber(field << 3 | 2)
    appendNumber(UInt64(content.count))
    bytes += content
  }

  /// Seven bits a byte, the lowest first.
  private mutating func appendNumber(_ number: UInt64) {
    var rest = number
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7F) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}
