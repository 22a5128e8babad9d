import BlindRecord
import NIOSSL

/// A certificate and its key, as the files of a PEM pair: with them the pages are served as https.
package struct ServerCertificate: Sendable {
  /// What the certificate cannot be used for.
  package struct Fault: Refusal, Equatable {
    /// What was found and what was expected.
    package let message: String
    /// What to do about it.
    package var hint: String? {
      "give a certificate chain and its private key as PEM files: --certificate and --certificate-key"
    }
  }

  /// The name that the certificate is for; a browser asks under it.
  package let name: String
  let configuration: TLSConfiguration

  /// Reads the two files.
  ///
  /// - Throws: `Fault` for files that cannot be read or are no certificate and key.
  package init(chain: String, key: String, name: String) throws(Fault) {
    let certificates: [NIOSSLCertificate]
    do { certificates = try NIOSSLCertificate.fromPEMFile(chain) } catch {
      throw Fault(message: "\(chain): found no certificate that can be read, expected a PEM file")
    }
    let privateKey: NIOSSLPrivateKey
    do { privateKey = try NIOSSLPrivateKey(file: key, format: .pem) } catch {
      throw Fault(message: "\(key): found no private key that can be read, expected a PEM file")
    }
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(privateKey))
    configuration.minimumTLSVersion = .tlsv12
    self.configuration = configuration
    self.name = name.lowercased()
  }
}
