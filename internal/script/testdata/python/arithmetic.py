print(1 + 2, 7 - 10, 3 * 4, 7 / 2, 7 // 2, -7 // 2, 7 % 3, -7 % 3, 7 % -3, 2 ** 10, 2 ** -1)
print(1.5 + 2, 7.5 // 2, -7.5 // 2, -7.5 % 2, 7.5 % -2, 2.0 ** 0.5, 1e300 * 1e10)
print(2 ** 64, 2 ** 63 - 1, -2 ** 63, 2 ** 62 * 4, 9223372036854775807 + 1, -9223372036854775808 - 1)
print(9223372036854775807 * 9223372036854775807, 10 ** 30 // 7, 10 ** 30 % 7, -10 ** 30 // 7, 10 ** 20 / 3)
print(3 & 5, 3 | 5, 3 ^ 5, ~3, 1 << 70, 1 << 70 >> 68, -5 >> 1, True & False, True | False, True ^ True, True + True)
print(1 < 2 < 3, 1 < 3 < 2, 1 == 1.0, 1 != 2, not 1, not 0, 2 ** 70 > 1e21, 2 ** 53 + 1 == 2.0 ** 53)
print(divmod(7, 3), divmod(-7, 3), divmod(7.5, 2), abs(-3), abs(-2.5), round(2.5), round(3.5), round(2.675, 2), round(1234, -2), round(-0.5))
print(pow(2, 10), pow(2, 10, 1000), pow(3, -1, 7), int(3.9), int(-3.9), int('42'), int('0x1f', 16), int('-101', 2), float('1e3'), float('inf'), float('-inf'))
print(1j * 1j, (1 + 2j) * (3 - 1j), (1 + 2j) / (3 - 1j), abs(3 + 4j), (1 + 2j).conjugate(), (1 + 2j).real, complex(1, -2), -1j, 1j ** 2)
print(0.1 + 0.2, 1e16, 1e15, 123456789012345680.0, 1e-5, 0.0001, 1e22, 1e23, -0.0, 5e-324, 1.7976931348623157e308)
print(hex(255), oct(8), bin(5), hex(-255), chr(955), ord('a'), hash(5), bool(''), bool('a'), bool([]), bool(0.0))
x = 5
x += 2; x -= 1; x *= 3; x //= 2; x **= 2; x %= 50; x <<= 1; x |= 1; x &= 0xff; x ^= 3; x >>= 1
print(x)
y = 7
y /= 2
print(y, (5).bit_length(), (0.5).is_integer(), (2.0).is_integer(), (0.5).as_integer_ratio())
print(sum([0.1] * 10), sum(range(100)), sum([[1], [2]], []), min(3, 1, 2), max([1, 5, 2]), max('abc', key=lambda c: -ord(c)), min([], default=7))
print(abs((-8) ** (1 / 3) - complex(1, 3 ** 0.5)) < 1e-12, 10 ** 400 > 1e308, 1_000_000, 0xff, 0o17, 0b101, 1e3, .5, 5.)
import math
print(math.floor(2.7), math.ceil(2.1), math.sqrt(16), math.log(10), math.log(8, 2), math.log10(1000), math.factorial(20), math.gcd(12, 18), math.hypot(3, 4))
print(math.isnan(float('nan')), math.isinf(math.inf), math.isclose(0.1 + 0.2, 0.3), math.comb(5, 2), math.perm(5, 2), math.trunc(-2.5), math.copysign(1, -0.0), math.fsum([0.1] * 10), math.prod([1, 2, 3, 4]))
print(math.degrees(math.pi), math.radians(180), math.modf(2.5), math.frexp(8), math.ldexp(0.5, 4), math.fmod(-7, 3), math.atan2(1, 1), math.isqrt(17))
