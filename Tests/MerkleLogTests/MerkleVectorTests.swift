import Foundation
import MerkleLog
import Testing
import TrialTestSupport

/// The proofs of transparency-dev/merkle, most of which must be refused.
struct MerkleVectorTests {
  private struct Inclusion: Decodable {
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: Data
    let leafHash: Data
    let proof: [Data]?
    let wantErr: Bool
  }

  private struct Consistency: Decodable {
    let size1: UInt64
    let size2: UInt64
    let root1: Data
    let root2: Data
    let proof: [Data]?
    let wantErr: Bool
  }

  @Test func inclusion() throws {
    guard let folder = SharedFiles.url("vectors/rfc6962/inclusion") else { return }
    let files = try SharedFiles.files(below: folder, extension: "json")
    #expect(files.count > 20)
    for file in files {
      let vector = try JSONDecoder().decode(Inclusion.self, from: Data(contentsOf: file))
      let verified =
        if let index = Int(exactly: vector.leafIdx), let size = Int(exactly: vector.treeSize) {
          verifyInclusion(
            leafHash: Array(vector.leafHash), index: index, size: size,
            proof: (vector.proof ?? []).map(Array.init), root: Array(vector.root))
        } else {
          false
        }
      #expect(verified == !vector.wantErr, "\(file.lastPathComponent)")
    }
  }

  @Test func consistency() throws {
    guard let folder = SharedFiles.url("vectors/rfc6962/consistency") else { return }
    let files = try SharedFiles.files(below: folder, extension: "json")
    #expect(files.count > 15)
    for file in files {
      let vector = try JSONDecoder().decode(Consistency.self, from: Data(contentsOf: file))
      let verified =
        if let first = Int(exactly: vector.size1), let second = Int(exactly: vector.size2) {
          verifyConsistency(
            size1: first, size2: second, root1: Array(vector.root1), root2: Array(vector.root2),
            proof: (vector.proof ?? []).map(Array.init))
        } else {
          false
        }
      #expect(verified == !vector.wantErr, "\(file.lastPathComponent)")
    }
  }
}
