import Testing

@testable import TrialSeal

/// ASCII armor is read as strictly as the format has it, and Bech32 as BIP 173 has it.
struct AgeArmorTests {
  static let armor = AgeTests.passphraseFile

  @Test(arguments: [1, 47, 48, 49, 95, 96, 97, 500])
  func armorBothWays(count: Int) throws {
    let file = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
    #expect(try AgeArmor.decode(AgeArmor.encode(file)) == file)
  }

  @Test(arguments: [
    armor, String(armor.dropLast()), armor.replacing("\n", with: "\r\n"),
    "\n \t\n" + armor + "\n \n",
    " " + armor, armor.dropLast() + " \n",
  ])
  func blankSpaceAroundIsAllowed(text: String) throws {
    let opened = try AgeFile.decrypt(
      Array(text.utf8), passphrase: Array("correct horse".utf8))
    #expect(opened == AgeTests.plaintext)
  }

  @Test(arguments: [
    "-----BEGIN AGE ENCRYPTED FILE-----\n", armor.replacing("END", with: "BEGIN"),
    armor.replacing("AGE ENCRYPTED", with: "AGE"), armor.replacing("AGE", with: "age"),
    armor.replacing("\nSEI", with: "\n SEI"), armor.replacing("\nSEI", with: " \nSEI"),
    armor.replacing("\nSEI", with: "SEI"), armor.replacing("\nSEI", with: "\n\nSEI"),
    armor.replacing("w==", with: "w="), armor.replacing("w==", with: "x=="),
    armor.replacing("w==\n", with: "w==\n\n"), armor.replacing("w==", with: "w=\n="),
    armor.replacing("YWd", with: "Y*d"), armor + "more\n", "more\n" + armor,
    armor.replacing("-----\nY", with: "-----\nComment: no\n\nY"),
  ])
  func otherArmorsAreRefused(text: String) {
    let error = #expect(throws: AgeError.self) { try AgeArmor.decode(Array(text.utf8)) }
    guard case .armor = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  /// The valid strings of BIP 173 that are ASCII and whose data are whole bytes, and its own example.
  @Test func bech32OfTheStandardExamples() throws {
    #expect(try #require(Bech32.decode(Array("A12UEL5L".utf8))).prefix == "A")
    #expect(try #require(Bech32.decode(Array("a12uel5l".utf8))).data.isEmpty)
    #expect(Bech32.encode(prefix: "a", []) == "a12uel5l")
    let data = (0..<32).map { UInt8($0) }
    let text = Bech32.encode(prefix: "age", data)
    #expect(try #require(Bech32.decode(Array(text.utf8))).data == data)
    for index in text.indices {
      var changed = text
      changed.replaceSubrange(index...index, with: text[index] == "q" ? "p" : "q")
      #expect(Bech32.decode(Array(changed.utf8)) == nil)
    }
  }

  @Test(arguments: [
    "", "1", "pzry9x0s0muk", "1pzry9x0s0muk", "x1b4n0q5v", "li1dgmt3", "A1G7SGD8", "10a06t8",
    "1qzzfhee", "A12uEL5L", "a12uel5l ",
  ])
  func otherBech32IsRefused(text: String) {
    #expect(Bech32.decode(Array(text.utf8)) == nil)
  }
}
