import TrialDesign
import TrialStatistics

/// The models of one outcome, fitted as the plan says.
struct StudyFit {
  let analysis: StudyPlan.Analysis
  /// The names of the arms.
  let arms: [String]

  private var degrees: DegreesMethod {
    analysis.degrees == .satterthwaite ? .satterthwaite : .kenwardRoger
  }

  /// The names of the columns.
  var active: String { arms[1] }
  var guess: String { "guessed \(arms[1])" }
  var both: String { "\(arms[1]) and guessed \(arms[1])" }

  /// The column of the arm.
  func arm(_ rows: StudyRows) -> MixedDesign.Column {
    MixedDesign.Column(active, rows.isActive.map { $0 ? 1 : 0 })
  }

  /// The column of the guess; every row has named an arm.
  func said(_ rows: StudyRows) -> MixedDesign.Column {
    MixedDesign.Column(guess, rows.guessedActive.map { $0 == true ? 1 : 0 })
  }

  /// The column of rows of the second arm that were guessed as such.
  func interaction(_ rows: StudyRows) -> MixedDesign.Column {
    MixedDesign.Column(
      both, zip(arm(rows).values, said(rows).values).map { $0 * $1 })
  }

  /// The model with these columns before the covariates; least squares where nobody has a second row.
  func model(
    _ rows: StudyRows, _ columns: [MixedDesign.Column]
  ) throws(MixedModelError) -> RandomInterceptModel {
    let design = try MixedDesign(
      outcome: rows.values, persons: rows.persons, columns: columns + rows.covariates)
    let method: RandomInterceptModel.Method =
      design.single == design.persons
      ? .ordinary : analysis.likelihood == .full ? .full : .restricted
    return try RandomInterceptModel(design, method: method)
  }

  /// A contrast by weights of named columns; the others have 0.
  func contrast(
    _ model: RandomInterceptModel, _ name: String, _ weights: [String: Double]
  ) throws(MixedModelError) -> StudyContrast {
    StudyContrast(
      name,
      try model.contrast(
        model.design.names.map { weights[$0] ?? 0 }, degrees: degrees, level: analysis.level))
  }

  /// The model as it is reported.
  func line(_ model: RandomInterceptModel) throws(MixedModelError) -> StudyModel {
    var coefficients: [StudyContrast] = []
    for name in model.design.names {
      coefficients.append(try contrast(model, name, [name: 1]))
    }
    return StudyModel(model, coefficients: coefficients)
  }
}
