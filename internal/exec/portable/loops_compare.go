package portable

func lessVV[T number](d *[block]bool, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] < b[j], a[j+1] < b[j+1], a[j+2] < b[j+2], a[j+3] < b[j+3]
	}
}

func lessVS[T number](d *[block]bool, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] < b, a[j+1] < b, a[j+2] < b, a[j+3] < b
	}
}

func lessSV[T number](d *[block]bool, a T, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a < b[j], a < b[j+1], a < b[j+2], a < b[j+3]
	}
}

func lessEqualVV[T number](d *[block]bool, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] <= b[j], a[j+1] <= b[j+1], a[j+2] <= b[j+2], a[j+3] <= b[j+3]
	}
}

func lessEqualVS[T number](d *[block]bool, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] <= b, a[j+1] <= b, a[j+2] <= b, a[j+3] <= b
	}
}

func lessEqualSV[T number](d *[block]bool, a T, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a <= b[j], a <= b[j+1], a <= b[j+2], a <= b[j+3]
	}
}

func equalVV[T number](d *[block]bool, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] == b[j], a[j+1] == b[j+1], a[j+2] == b[j+2], a[j+3] == b[j+3]
	}
}

func equalVS[T number](d *[block]bool, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] == b, a[j+1] == b, a[j+2] == b, a[j+3] == b
	}
}

func notEqualVV[T number](d *[block]bool, a, b *[block]T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] != b[j], a[j+1] != b[j+1], a[j+2] != b[j+2], a[j+3] != b[j+3]
	}
}

func notEqualVS[T number](d *[block]bool, a *[block]T, b T, n int) {
	for i := 0; i < n; i += 4 {
		j := i & last
		d[j], d[j+1], d[j+2], d[j+3] = a[j] != b, a[j+1] != b, a[j+2] != b, a[j+3] != b
	}
}

// equivalent is equality of Bools.
func equivalent(d, a, b *[block]uint8, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		d[j] = a[j] ^ b[j] ^ 1
	}
}

// Selects move patterns, for which the compiler emits conditional moves.

func selectVV[T pattern](d *[block]T, m *[block]bool, a, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x, y := a[j], b[j]
		if m[j] {
			y = x
		}
		d[j] = y
	}
}

func selectVS[T pattern](d *[block]T, m *[block]bool, a *[block]T, b T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		x, y := a[j], b
		if m[j] {
			y = x
		}
		d[j] = y
	}
}

func selectSV[T pattern](d *[block]T, m *[block]bool, a T, b *[block]T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		y := b[j]
		if m[j] {
			y = a
		}
		d[j] = y
	}
}

func selectSS[T pattern](d *[block]T, m *[block]bool, a, b T, n int) {
	for i := 0; i < n; i++ {
		j := i & (block - 1)
		y := b
		if m[j] {
			y = a
		}
		d[j] = y
	}
}
