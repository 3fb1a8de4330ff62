/// The vital signs that are estimated from 32 s of a pulse wave and an electrocardiogram.
package enum BIDMCTask: String, Sendable, CaseIterable {
  case respiratoryRate = "rr"
  case heartRate = "hr"
  case oxygenSaturation = "spo2"

  /// Both files of the task in `data/sources.yaml`, training first.
  package var fileNames: [String] {
    let name: String
    switch self {
    case .respiratoryRate: name = "BIDMC32RR"
    case .heartRate: name = "BIDMC32HR"
    case .oxygenSaturation: name = "BIDMC32SpO2"
    }
    return ["\(name)_TRAIN.ts", "\(name)_TEST.ts"]
  }

  /// What the target is, with its unit.
  var target: String {
    switch self {
    case .respiratoryRate: "respiratory rate in breaths a minute"
    case .heartRate: "heart rate in beats a minute"
    case .oxygenSaturation: "oxygen saturation in per cent"
    }
  }
}
