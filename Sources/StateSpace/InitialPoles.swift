/// Initial poles of diagonal state space models.
package enum InitialPoles {
  package enum Name: String, Codable, Sendable, CaseIterable { case linear, inverse, legS, fourier }
}
