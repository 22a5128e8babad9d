import BlindRecord

/// Any text as a YAML text in double quotes: whatever it holds, it stays one value.
///
/// Everything that YAML does not print as itself is written as an escape.
func yamlQuoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    default:
      let isPlain =
        (0x20...0x7E).contains(scalar.value) || (0xA0...0xFFFD).contains(scalar.value)
        || scalar.value >= 0x10000
      if isPlain, !isInvisible(scalar) {
        result.unicodeScalars.append(scalar)
      } else {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        result += "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
      }
    }
  }
  return result + "\""
}
