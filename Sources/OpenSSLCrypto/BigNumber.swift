import COpenSSL

/// A non-negative integer of any size; its memory is overwritten when it is freed.
///
/// What a time lock needs and no more: primes, products, one power (Rivest, Shamir and Wagner 1996).
/// Not for keys that must resist a measurement of time: the operations depend on the values.
public final class BigNumber {
  let pointer: OpaquePointer

  private init(owning pointer: OpaquePointer) { self.pointer = pointer }

  private convenience init() throws(CryptoError) {
    guard let pointer = BN_secure_new() else { throw CryptoError("a number") }
    self.init(owning: pointer)
  }

  deinit { BN_clear_free(pointer) }

  /// Reads a number, most significant byte first.
  public convenience init(_ bytes: [UInt8]) throws(CryptoError) {
    guard let pointer = BN_bin2bn(bytes, Int32(bytes.count), nil) else {
      throw CryptoError("a number")
    }
    self.init(owning: pointer)
  }

  /// A random prime with exactly that many bits, the two highest of them set, so that the product of
  /// two has twice as many.
  public static func prime(bits: Int) throws(CryptoError) -> BigNumber {
    let number = try BigNumber()
    try check(
      BN_generate_prime_ex(number.pointer, Int32(bits), 0, nil, nil, nil), "a prime of \(bits) bits"
    )
    return number
  }

  /// How many bits the number has.
  public var bitWidth: Int { Int(BN_num_bits(pointer)) }

  /// Whether the number is odd.
  public var isOdd: Bool { BN_is_odd(pointer) == 1 }

  /// The number in `count` bytes, most significant first.
  ///
  /// - Throws: `CryptoError` where it has more bytes.
  public func bytes(count: Int) throws(CryptoError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    guard BN_bn2binpad(pointer, &bytes, Int32(count)) == Int32(count) else {
      throw CryptoError("a number in \(count) bytes")
    }
    return bytes
  }

  /// The product.
  public func times(_ other: BigNumber) throws(CryptoError) -> BigNumber {
    let context = try NumberContext()
    let product = try BigNumber()
    try check(BN_mul(product.pointer, pointer, other.pointer, context.pointer), "a product")
    return product
  }

  /// One less.
  ///
  /// - Precondition: the number is not zero.
  public func minusOne() throws(CryptoError) -> BigNumber {
    let less = try BigNumber()
    try check(BN_sub(less.pointer, pointer, BN_value_one()), "a difference")
    return less
  }

  /// What is left after division by a small number.
  ///
  /// - Precondition: `divisor > 0`.
  public func remainder(by divisor: UInt) -> UInt { UInt(BN_mod_word(pointer, divisor)) }

  /// `self` to the power of `exponent`, modulo an odd `modulus`.
  public func power(
    _ exponent: BigNumber, modulo modulus: BigNumber
  ) throws(CryptoError) -> BigNumber {
    let context = try NumberContext()
    let result = try BigNumber()
    try check(
      BN_mod_exp_mont(
        result.pointer, pointer, exponent.pointer, modulus.pointer, context.pointer, nil),
      "a power")
    return result
  }

  /// Two to the power of `exponent`, modulo `modulus`; what is known of an exponent as large as 2^t
  /// when the order of the group is known.
  public static func powerOfTwo(
    _ exponent: Int, modulo modulus: BigNumber
  ) throws(CryptoError) -> BigNumber {
    let context = try NumberContext()
    let (two, power) = (try BigNumber([2]), try BigNumber())
    var digits = withUnsafeBytes(of: UInt64(exponent).bigEndian) { Array($0) }
    defer { wipe(&digits) }
    let count = try BigNumber(digits)
    // An even modulus, as the order of a group is, has no Montgomery form.
    try check(
      BN_mod_exp(power.pointer, two.pointer, count.pointer, modulus.pointer, context.pointer),
      "a power of two")
    return power
  }
}

extension BigNumber: Equatable {
  /// Whether two numbers are the same.
  public static func == (one: BigNumber, other: BigNumber) -> Bool {
    BN_cmp(one.pointer, other.pointer) == 0
  }

  /// Whether one number is smaller.
  public static func < (one: BigNumber, other: BigNumber) -> Bool {
    BN_cmp(one.pointer, other.pointer) < 0
  }
}

/// Room for libcrypto's intermediate values, overwritten when it is freed.
struct NumberContext: ~Copyable {
  let pointer: OpaquePointer

  init() throws(CryptoError) {
    guard let pointer = BN_CTX_secure_new() else { throw CryptoError("room for numbers") }
    self.pointer = pointer
  }

  deinit { BN_CTX_free(pointer) }
}

/// A number that is squared again and again modulo another, which only one processor at a time can do.
///
/// The number is kept in Montgomery form between the squarings.
public final class RepeatedSquaring {
  private let modulus: BigNumber
  private let form: OpaquePointer
  private let context: NumberContext
  private let current: OpaquePointer

  /// Begins with a number below an odd modulus.
  public init(_ start: BigNumber, modulo modulus: BigNumber) throws(CryptoError) {
    guard modulus.isOdd, start < modulus else { throw CryptoError("a number below an odd modulus") }
    let context = try NumberContext()
    guard let form = BN_MONT_CTX_new() else { throw CryptoError("Montgomery form") }
    guard let current = BN_new() else {
      BN_MONT_CTX_free(form)
      throw CryptoError("a number")
    }
    self.modulus = modulus
    self.form = form
    self.current = current
    self.context = context
    try check(BN_MONT_CTX_set(form, modulus.pointer, self.context.pointer), "Montgomery form")
    try check(
      BN_to_montgomery(current, start.pointer, form, self.context.pointer), "Montgomery form")
  }

  deinit {
    BN_clear_free(current)
    BN_MONT_CTX_free(form)
  }

  /// Squares that many times.
  public func square(times count: Int) throws(CryptoError) {
    for _ in 0..<count {
      try check(
        BN_mod_mul_montgomery(current, current, current, form, context.pointer), "a squaring")
    }
  }

  /// The number as it is now, in `count` bytes.
  public func bytes(count: Int) throws(CryptoError) -> [UInt8] {
    let number = try BigNumber([])
    try check(
      BN_from_montgomery(number.pointer, current, form, context.pointer), "Montgomery form")
    return try number.bytes(count: count)
  }
}
