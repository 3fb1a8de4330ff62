import DatasetPreparation
import PreparationCommands

@main struct PrepareSpeechCommands: PreparationTool {
  static let family = DataFamily.speechCommands
}
