package diag

import (
	"strings"
	"unicode"
)

// tabWidth is the number of columns that a tab is shown as: messages align carets under text, so tabs
// become blanks.
const tabWidth = 4

// expand returns the text as it is shown: tabs as blanks, other control characters replaced, so that text
// from a file cannot steer the terminal.
func expand(text string) string {
	return printable(strings.ReplaceAll(text, "\t", strings.Repeat(" ", tabWidth)))
}

func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			return unicode.ReplacementChar
		}
		return r
	}, text)
}

// columns returns how many columns of a terminal the text takes.
func columns(text string) int {
	n := 0
	for _, r := range text {
		n += runeColumns(r)
	}
	return n
}

// runeColumns returns 0 for marks that combine with the letter before them, 2 for the wide characters of
// East Asian scripts and emoji (the ranges of Unicode's EastAsianWidth.txt, joined), else 1.
func runeColumns(r rune) int {
	switch {
	case r < 0x300:
		return 1
	case unicode.In(r, unicode.Mn, unicode.Me) || r == 0x200b || r == 0x200d:
		return 0
	case 0x1100 <= r && r <= 0x115f, 0x2e80 <= r && r <= 0xa4cf, 0xac00 <= r && r <= 0xd7a3,
		0xf900 <= r && r <= 0xfaff, 0xfe30 <= r && r <= 0xfe6f, 0xff00 <= r && r <= 0xff60,
		0xffe0 <= r && r <= 0xffe6, 0x1f300 <= r && r <= 0x1faff, 0x20000 <= r && r <= 0x3fffd:
		return 2
	}
	return 1
}

// window cuts a line down to the given number of columns around the marked part, with an ellipsis where
// something was left out.
func window(before, marked, after string, room int) (string, string, string) {
	if columns(marked) > room/2 {
		marked = cutRight(marked, room/2)
		after = ""
	}
	left := max(room-columns(marked)-columns(after), (room-columns(marked))*2/3)
	before = cutLeft(before, left)
	after = cutRight(after, room-columns(before)-columns(marked))
	return before, marked, after
}

// cutLeft returns the end of the text that fits, cutRight its beginning.
func cutLeft(text string, room int) string {
	if columns(text) <= room {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && columns(string(runes))+1 > room {
		runes = runes[1:]
	}
	return "…" + string(runes)
}

func cutRight(text string, room int) string {
	if columns(text) <= room {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && columns(string(runes))+1 > room {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
