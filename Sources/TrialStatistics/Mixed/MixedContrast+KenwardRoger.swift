extension RandomInterceptModel {
  /// The adjusted variance of a'g and its degrees of freedom, by Kenward and Roger 1997.
  ///
  /// V is linear in (σ², τ²), so that their second derivatives vanish: the adjusted variance is
  /// Φ + 2ΦΛΦ with Λ = Σ W_ij (Q_ij − P_i Φ P_j), W the inverse of the expected information. For one
  /// contrast the scale is 1 and the degrees are 2 / Σ W_ij c_i c_j with c_i = a'ΦP_iΦa / a'Φa.
  func kenwardRoger(_ a: [Double]) -> (variance: Double, degrees: Double) {
    let parts = KenwardRogerParts(sums, profile)
    let weight = parts.weight
    let u = Dense.product(parts.phi, a)
    let plain = Dense.dot(a, u)
    let pulls = parts.p.map { Dense.product($0, u) }
    var (added, spread) = (0.0, 0.0)
    for i in 0..<2 {
      for j in 0..<2 {
        let own = Dense.dot(u, Dense.product(parts.q[i][j], u))
        let shared = Dense.dot(pulls[i], Dense.product(parts.phi, pulls[j]))
        added += weight[i][j] * (own - shared)
        spread += weight[i][j] * Dense.dot(u, pulls[i]) * Dense.dot(u, pulls[j])
      }
    }
    return (plain + 2 * added, 2 * plain * plain / spread)
  }
}

/// The matrices of Kenward and Roger for (σ², τ²); all are W + Σ f(n) S_n again.
private struct KenwardRogerParts {
  /// Φ = (X'V⁻¹X)⁻¹.
  let phi: [[Double]]
  /// P_i = −X'V⁻¹V_iV⁻¹X.
  let p: [[[Double]]]
  /// Q_ij = X'V⁻¹V_iV⁻¹V_jV⁻¹X.
  let q: [[[[Double]]]]
  /// tr V⁻¹V_iV⁻¹V_j.
  let traces: [[Double]]

  init(_ sums: MixedSums, _ profile: MixedProfile) {
    let count = sums.width - 1
    let variance = profile.variance
    func w(_ size: Double) -> Double { 1 / (1 + size * profile.ratio) }
    let (square, cube) = (variance * variance, variance * variance * variance)
    func matrix(_ share: Double, _ scale: Double, _ weight: (Double) -> Double) -> [[Double]] {
      let triangle = sums.combined(within: share, weight)
      return (0..<count).map { row in
        (0..<count).map { column in
          let (i, j) = (max(row, column), min(row, column))
          return scale * triangle[i * (i + 1) / 2 + j]
        }
      }
    }
    phi = (0..<count).map { row in
      (0..<count).map { profile.inverse[row, $0] * variance }
    }
    p = [
      matrix(1, -1 / square) { w($0) * w($0) },
      matrix(0, -1 / square) { $0 * w($0) * w($0) },
    ]
    let cross = matrix(0, 1 / cube) { $0 * w($0) * w($0) * w($0) }
    q = [
      [matrix(1, 1 / cube) { w($0) * w($0) * w($0) }, cross],
      [cross, matrix(0, 1 / cube) { $0 * $0 * w($0) * w($0) * w($0) }],
    ]
    let groups = Array(zip(sums.sizes, sums.persons))
    func trace(_ weight: (Double) -> Double) -> Double {
      groups.reduce(0) { $0 + $1.1 * weight($1.0) * w($1.0) * w($1.0) } / square
    }
    let inner = (sums.rows - groups.reduce(0) { $0 + $1.1 }) / square
    traces = [[trace { _ in 1 } + inner, trace { $0 }], [trace { $0 }, trace { $0 * $0 }]]
  }

  /// The inverse of the expected information of (σ², τ²) in the restricted likelihood.
  var weight: [[Double]] {
    let drawn = p.map { Dense.product(phi, $0) }
    let information = (0..<2).map { i in
      (0..<2).map { j in
        (traces[i][j] - 2 * Dense.trace(phi, q[i][j]) + Dense.trace(drawn[i], drawn[j])) / 2
      }
    }
    let determinant =
      information[0][0] * information[1][1] - information[0][1] * information[1][0]
    return [
      [information[1][1] / determinant, -information[0][1] / determinant],
      [-information[1][0] / determinant, information[0][0] / determinant],
    ]
  }
}

/// Products of small matrices, row by row.
private enum Dense {
  static func dot(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  static func product(_ matrix: [[Double]], _ vector: [Double]) -> [Double] {
    matrix.map { dot($0, vector) }
  }

  static func product(_ a: [[Double]], _ b: [[Double]]) -> [[Double]] {
    a.map { row in
      b.indices.map { column in
        row.indices.reduce(0) { $0 + row[$1] * b[$1][column] }
      }
    }
  }

  /// The trace of the product.
  static func trace(_ a: [[Double]], _ b: [[Double]]) -> Double {
    a.indices.reduce(0) { total, i in
      total + a[i].indices.reduce(0) { $0 + a[i][$1] * b[$1][i] }
    }
  }
}
