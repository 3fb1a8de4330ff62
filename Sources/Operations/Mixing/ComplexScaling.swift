import ComplexModule

@inline(always)
func * (factor: Double, value: Complex<Double>) -> Complex<Double> { Complex(factor * value.real, factor * value.imaginary) }

@inline(always)
func * (value: Complex<Double>, factor: Double) -> Complex<Double> { factor * value }
