import TrialStatistics

/// A number with what resampling persons says about it.
package struct StudyDraws: Encodable, Sendable {
  /// The standard deviation of the replicates, and their interval.
  package let se, lower, upper: Double
  /// The standard errors of the limits from having drawn so few.
  package let lowerError, upperError: Double
  /// The replicates that have the number, and those that do not.
  package let replicates, undefined: Int

  /// `nil` where too few replicates have the number.
  init?(_ values: [Double?], level: Double) {
    guard let summary = BootstrapSummary(values, level: level) else { return nil }
    se = summary.standardError
    lower = summary.lower
    upper = summary.upper
    lowerError = summary.lowerError
    upperError = summary.upperError
    replicates = summary.replicates
    undefined = summary.undefined
  }
}

/// A coefficient or contrast of a model.
package struct StudyContrast: Encodable, Sendable {
  /// What is compared.
  package let name: String
  /// The estimate and its standard error.
  package let estimate, se: Double
  /// The degrees of freedom, t, and the two-sided p-value.
  package let degrees, t, p: Double
  /// The limits of the interval.
  package let lower, upper: Double

  init(_ name: String, _ contrast: MixedContrast) {
    self.name = name
    estimate = contrast.estimate
    se = contrast.standardError
    degrees = contrast.degrees
    t = contrast.t
    p = contrast.p
    lower = contrast.lower
    upper = contrast.upper
  }

  /// Whether the interval leaves out zero.
  package var excludesZero: Bool { lower > 0 || upper < 0 }
}

/// A fitted model.
package struct StudyModel: Encodable, Sendable {
  /// Rows and persons, and the persons with one row.
  package let rows, persons, single: Int
  /// `restricted`, `full`, or `ordinary` where each person has one row.
  package let method: String
  /// The variance between persons, and of rows of one person.
  package let personVariance, residualVariance: Double
  /// The share of the first in both.
  package let intraclassCorrelation: Double
  /// Whether the variance between persons is 0.
  package let isAtBoundary: Bool
  /// −2 ln of the likelihood.
  package let deviance: Double
  /// All coefficients, the intercept first.
  package let coefficients: [StudyContrast]

  init(_ model: RandomInterceptModel, coefficients: [StudyContrast]) {
    rows = model.design.rows
    persons = model.design.persons
    single = model.design.single
    method = model.method.rawValue
    personVariance = model.personVariance
    residualVariance = model.residualVariance
    intraclassCorrelation = model.intraclassCorrelation
    isAtBoundary = model.isAtBoundary
    deviance = model.deviance
    self.coefficients = coefficients
  }

  /// The coefficient of that name.
  package func coefficient(_ name: String) -> StudyContrast? {
    coefficients.first { $0.name == name }
  }
}
