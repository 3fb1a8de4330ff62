import CPJRT

extension ElementType {
  /// The type's number in PJRT's interface.
  var pluginType: PJRT_Buffer_Type {
    switch self {
    case .float32: PJRT_Buffer_Type_F32
    case .float64: PJRT_Buffer_Type_F64
    case .int32: PJRT_Buffer_Type_S32
    case .int64: PJRT_Buffer_Type_S64
    case .uint32: PJRT_Buffer_Type_U32
    case .uint64: PJRT_Buffer_Type_U64
    case .boolean: PJRT_Buffer_Type_PRED
    case .complex64: PJRT_Buffer_Type_C64
    case .complex128: PJRT_Buffer_Type_C128
    }
  }

  /// The type with this number; nil if it is none of ours.
  init?(pluginType: PJRT_Buffer_Type) {
    guard let type = Self.allCases.first(where: { $0.pluginType == pluginType }) else { return nil }
    self = type
  }
}
