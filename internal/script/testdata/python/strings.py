s = 'Hello, World'
print(s.upper(), s.lower(), s.swapcase(), s.title(), 'abc def'.capitalize(), s[0], s[-1], s[1:4], s[::-1], s[::2], s[-3:], s[:-3])
print(s.split(','), s.split(), 'a b  c'.split(' '), 'a,b,c'.split(',', 1), 'a,b,c'.rsplit(',', 1), '  x  '.strip() + '|', 'xxaxx'.strip('x'), 'abc'.lstrip('a'), 'abc'.rstrip('c'))
print('-'.join(['a', 'b']), s.replace('l', 'L'), s.replace('l', 'L', 1), s.find('o'), s.rfind('o'), s.find('z'), s.index('o'), s.count('l'), s.startswith('Hell'), s.endswith(('x', 'ld')))
print('abc'.center(10, '*'), 'abc'.ljust(6) + '|', 'abc'.rjust(6), '42'.zfill(5), '-42'.zfill(5), 'a\tb'.expandtabs(4), 'ab'.center(5, '-'), 'abc'.center(6, '-'))
print('abc'.isalpha(), '123'.isdigit(), 'a1'.isalnum(), ' '.isspace(), 'ABC'.isupper(), 'abc'.islower(), 'a_b'.isidentifier(), ''.isalpha())
print('a=b=c'.partition('='), 'a=b=c'.rpartition('='), 'abc'.partition('x'), 'line1\nline2\r\nline3'.splitlines(), 'a\nb\n'.splitlines(True))
print('abc' * 3, 'a' + 'b', 'b' in 'abc', 'x' not in 'abc', 'abc' < 'abd', 'Z' < 'a', len('héllo'), 'héllo'[1], 'héllo'[::-1], 'naïve'.upper())
print(repr('it\'s'), repr("say \"hi\""), repr('both \' and "'), repr('tab\tnewline\n\\'), repr('\x00\x7f'), repr('é'), repr('\u200b'), ascii('é'))
print(str(5), str(None), str([1, 'a']), str({'a': 1}), str((1,)), repr('a'), str(True), str(1.0))
print('prefix_x'.removeprefix('prefix_'), 'x.py'.removesuffix('.py'), 'x'.join('abc'), list('abc'), sorted('hello'), ''.join(reversed('abc')))
print(b'abc', b'abc'[0], b'a' + b'b', 'abc'.encode(), b'abc'.decode(), r'raw\n', 'a' 'b' "c", '''multi
line''')
print('%s %r %d %i %5d|%-5d|%05d %+d % d' % ('a', 'a', 5, 6, 7, 8, 9, 10, 11))
print('%f %.2f %e %.3e %g %G %8.3f|%-8.2f|%%' % (1.5, 1.005, 12345.678, 0.00012, 0.0001, 1e-10, 3.14159, 2.5))
print('%x %X %o %#x %c %s' % (255, 255, 8, 255, 'z', [1, 2]), '%(a)s-%(b)d' % {'a': 1, 'b': 2}, '%*d' % (5, 42), '%.3s' % 'abcdef')
print('{} {}'.format(1, 2), '{1} {0}'.format(1, 2), '{a} {b}'.format(a=1, b=2), '{0[1]} {1.real}'.format([1, 2], 3), '{{}}'.format(), '{!r:>5}'.format('a'))
print('{:{w}.{p}f}'.format(3.14159, w=10, p=2), '{:>{}}'.format('a', 5), '{x[k]}'.format(x={'k': 5}))
for spec in ['', 'd', '5', '<5', '>5', '^5', '05', '+', ' ', ',', '_', 'x', '#x', 'b', '#b', 'o', '08b', ',d', '+,', 'e', '.2f', '%', 'c', '*^9', '=+6', '012,', 'n', 'X']:
    print(repr(spec), '|' + format(1234567, spec).replace('\u1234', '?') + '|' if spec != 'c' else '|' + format(65, spec) + '|', end=' ')
print()
for spec in ['', '5', '.3', '.2f', '8.3f', '<8.1f', '+.1f', 'e', '.2e', 'E', 'g', '.3g', 'G', '%', '.1%', ',.2f', '010.2f', 'n', '#.3g', '_.1f', '>+12.4e', '.0f', '.10', '*^12.2f', 'z.1f']:
    for v in [3.14159, -1234567.891, 0.0, 1e20, 1e-7, float('inf'), float('nan'), -0.04, 100.0]:
        print('|' + format(v, spec), end='')
    print('|')
for spec in ['', '5', '<5', '>5', '^5', '.2', '>6.2', '*^7', 's']:
    print('|' + format('abc', spec), end='|')
print()
for p in range(0, 20, 3):
    print([format(x, '.%d' % p) for x in (1.0, 10.0, 123.456, 1e5, 1 / 3, 2e16)], [format(x, '.%dg' % p) for x in (1.0, 10.0, 123.456, 1e5, 1 / 3, 2e16)])
name, value = 'x', 3.14159
print(f'{name}={value:.2f} {value!r} {name!r:>5} {value:{10}.{3}} {{}} {1 + 1} {name + "y"} {value=} {value=:.1f} {name = }')
print(f'{[i for i in range(3)]} {dict(a=1)["a"]} {"nested " + f"{1}"} {True:5} {None} {(1, 2)}')
print(f'{1000000:,} {0.5:%} {255:#x} {-5:+d} {"é":>3}|', 'a\\b', 'x\x41')
print('abc'.translate({97: 'x', 98: None}), 'a.b'.split('.'), 'Ab'.casefold())
