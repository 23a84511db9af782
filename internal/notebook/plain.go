package notebook

import (
	"bytes"
	"regexp"
	"strings"
)

// plainText takes colours and other commands to a terminal out of a text, and what carriage returns overwrite.
func plainText(text string) string {
	text = escapePattern.ReplaceAllString(text, "")
	if !strings.Contains(text, "\r") {
		return text
	}
	var out bytes.Buffer
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		body, end := strings.CutSuffix(line, "\n")
		body = strings.TrimRight(body, "\r")
		if at := strings.LastIndexByte(body, '\r'); at >= 0 {
			body = body[at+1:]
		}
		out.WriteString(body)
		if end {
			out.WriteByte('\n')
		}
	}
	return out.String()
}

var (
	escapePattern = regexp.MustCompile(`\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07`)
	tagPattern    = regexp.MustCompile(`<[^>]*>`)
)
