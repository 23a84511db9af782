package diag

import "strings"

// Nearest returns the known name that is closest to the given one, for "did you mean", or "" if none is
// close enough: at most one edit for every three characters (one for names of three to five, and so on).
// Letters that differ only in case count as half an edit, which is all that shorter names may differ by. Of
// equally close names the first wins.
func Nearest(name string, known []string) string {
	if name == "" {
		return ""
	}
	best, bestCost := "", max(1, 2*(len([]rune(name))/3))+1
	for _, candidate := range known {
		if candidate == name || candidate == "" {
			continue
		}
		if cost := editCost(name, candidate, bestCost); cost < bestCost {
			best, bestCost = candidate, cost
		}
	}
	return best
}

// editCost returns twice the number of edits (insert, delete, replace, swap of neighbours) that make b of a;
// replacing a letter by the same letter of another case costs 1. It gives up at limit.
func editCost(a, b string, limit int) int {
	s, t := []rune(a), []rune(b)
	if 2*(len(s)-len(t)) >= limit || 2*(len(t)-len(s)) >= limit {
		return limit
	}
	before, previous, current := make([]int, len(t)+1), make([]int, len(t)+1), make([]int, len(t)+1)
	for j := range previous {
		previous[j] = 2 * j
	}
	for i := 1; i <= len(s); i++ {
		current[0] = 2 * i
		for j := 1; j <= len(t); j++ {
			replace := 2
			switch {
			case s[i-1] == t[j-1]:
				replace = 0
			case strings.EqualFold(string(s[i-1]), string(t[j-1])):
				replace = 1
			}
			current[j] = min(previous[j]+2, current[j-1]+2, previous[j-1]+replace)
			if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
				current[j] = min(current[j], before[j-2]+2)
			}
		}
		before, previous, current = previous, current, before
	}
	return min(previous[len(t)], limit)
}

// Distance counts the letters to insert, delete or replace to make b of a (Levenshtein 1965). Letters are bytes.
func Distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replace := diagonal
			if a[i] != b[j] {
				replace++
			}
			diagonal = row[j+1]
			row[j+1] = min(replace, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
