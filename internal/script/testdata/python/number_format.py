import random
random.seed(3)
values = [random.uniform(-1, 1) * 10 ** random.randint(-12, 18) for _ in range(40)] + [0.0, -0.0, 1.0, 0.5, 1e16, 123456.0, 1e-4, 9.9999e-5, 2.5, 0.125, 1e100]
for v in values:
    print(repr(v), str(v), '%g' % v, '%.3g' % v, '%e' % v, '%.10f' % v, f'{v:.3}', f'{v:12.4g}|', f'{v:+.2e}', f'{v:,.1f}', f'{v:.0f}', round(v, 2), round(v, -2), f'{v:.1%}', int(v), f'{v:012.3f}', f'{v:<12.2f}|', f'{v:^14.3e}|', f'{v:#.3g}')
for n in [0, 1, -1, 255, -4096, 10 ** 6, 10 ** 20, -2 ** 70]:
    print(n, f'{n:d}', f'{n:8d}|', f'{n:<8d}|', f'{n:08d}', f'{n:+}', f'{n:,}', f'{n:_}', f'{n:x}', f'{n:#X}', f'{n:b}', f'{n:_b}', f'{n:o}', f'{n:e}', f'{n:.2f}', f'{n:%}', '%d' % n, '%5d|' % n, '%x' % n, round(n, -1), f'{n:g}', f'{n:>+10,}|')
for c in [1 + 2j, -1.5j, 0j, 1e20 + 1e-5j, complex('inf'), 3 + 0j, -0.0 + 1j]:
    print(repr(c), str(c))
for p in range(0, 6):
    print([f'{x:.{p}g}' for x in (0.00012345, 1.5, 99999.5, 123456789.0)], [f'{x:.{p}f}' for x in (0.5, 1.5, 2.5, 0.125)], [f'{x:.{p}e}' for x in (0.00012345, 9.9999)], ['%.*g' % (p, 314.159)])
