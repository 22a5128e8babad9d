extension RandomInterceptModel {
  /// The coefficients of the same model with each person counted so many times; `nil` where it has
  /// none, as where the columns cannot be told apart any more.
  ///
  /// The search for the variances starts at those of the data.
  ///
  /// - Parameter times: one number per person, in the order of their first rows.
  public func coefficients(times: [Int]) -> [Double]? {
    guard times.count == design.persons else { return nil }
    let sums = design.sums.total(times)
    if method == .ordinary {
      return sums.profile(0, .restricted).map { design.coefficients($0.coefficients) }
    }
    let search = VarianceSearch(sums: sums, likelihood: method == .full ? .full : .restricted)
    guard let profile = try? search.near(profile.ratio) else { return nil }
    return design.coefficients(profile.coefficients)
  }
}
