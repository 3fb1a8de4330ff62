import Exports
import Foundation
import SwiftProtobuf

/// The bytes of an event file.
enum EventFile {
  /// What the first event of a file says, by which readers know the format.
  private static let version = "brain.Event:2"

  static func content(_ run: RunEvents) throws -> Data {
    let header = TensorBoardEvent.with {
      $0.wallTime = run.events.first?.time ?? 0
      $0.fileVersion = version
    }
    return Data(try ([header] + run.events.map(message)).flatMap { EventRecord.bytes(of: try $0.serializedBytes()) })
  }

  private static func message(_ event: RunEvents.Event) -> TensorBoardEvent {
    .with { message in
      message.wallTime = event.time
      message.step = Int64(event.step)
      message.summary.value = event.numbers.map(value) + event.texts.map(value)
    }
  }

  private static func value(_ number: RunEvents.Number) -> TensorBoardSummary.Value {
    .with {
      $0.tag = number.tag
      $0.simpleValue = Float(number.value)
    }
  }

  /// A list of one string, which the plugin for texts shows as Markdown.
  private static func value(_ text: RunEvents.Text) -> TensorBoardSummary.Value {
    .with {
      $0.tag = text.tag
      $0.metadata.pluginData.pluginName = "text"
      $0.tensor.dataType = 7
      $0.tensor.shape.dimensions = [.with { $0.size = 1 }]
      $0.tensor.stringValues = [Data(text.markdown.utf8)]
    }
  }
}
