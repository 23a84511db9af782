package script

import "strings"

// Nearest returns the known name that a misspelt one most likely stands for, or "" if none is near: at most
// a third of the letters may differ, case alone always counts as near, and so does one name that begins with the other.
func Nearest(name string, known []string) string {
	best, bestCost := "", len(name)/3+1
	for _, k := range known {
		if k == name || k == "" {
			continue
		}
		if strings.EqualFold(k, name) {
			return k
		}
		if d := editDistance(name, k, bestCost); d < bestCost || d == bestCost && best == "" && d <= len(name)/3+1 && d < len(name) {
			best, bestCost = k, d
		}
	}
	if best == "" && len(name) >= 3 {
		for _, k := range known {
			if len(k) >= 3 && k != name && (strings.HasPrefix(name, k) || strings.HasPrefix(k, name)) && len(k) > len(best) {
				best = k
			}
		}
	}
	return best
}

// editDistance counts insertions, deletions, replacements and swaps of neighbours, giving up beyond limit.
func editDistance(a, b string, limit int) int {
	if d := len(a) - len(b); d > limit || -d > limit {
		return limit + 1
	}
	before, previous, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(previous[j]+1, row[j-1]+1, previous[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, previous, row = previous, row, before
	}
	return previous[len(b)]
}
