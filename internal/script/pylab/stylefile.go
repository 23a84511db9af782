package pylab

import (
	"io"
	"regexp"
	"strconv"
	"strings"

	"synfire/internal/script"
)

// useStyle applies a look by its name, or by the name of a file with settings.
func (s *State) useStyle(c *script.Call, name string) error {
	unknown := s.style.Use(name)
	if unknown == nil {
		if name == "default" {
			s.chosen = script.NewDict()
		}
		return nil
	}
	file, err := c.Interp.OpenRead(name)
	if err != nil {
		return unknown
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	if err != nil {
		return script.Raise("OSError", "cannot read the style %s: %v", script.Repr(name), err)
	}
	return s.useStyleText(c, string(text))
}

// useStyleText applies settings as in a file: one "name : value" to a line, with comments after #.
func (s *State) useStyleText(c *script.Call, text string) error {
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(withoutComment(line))
		if line == "" {
			continue
		}
		name, value, ok := strings.Cut(line, ":")
		if !ok {
			s.warn(c, "line %d of the style is no \"name : value\": %s", n+1, line)
			continue
		}
		if err := s.set(c, strings.TrimSpace(name), settingOf(strings.TrimSpace(value))); err != nil {
			return err
		}
	}
	return nil
}

// withoutComment ends a line before a # that stands outside of quotes.
func withoutComment(line string) string {
	quote := rune(0)
	for at, r := range line {
		switch {
		case quote != 0:
			if r == quote {
				quote = 0
			}
		case r == '\'' || r == '"':
			quote = r
		case r == '#':
			return line[:at]
		}
	}
	return line
}

// cycleText is the value of axes.prop_cycle with colours only, its colours between quotes or not.
var cycleText = regexp.MustCompile(`^cycler\(\s*(?:'color'|"color"|color)\s*[,=]\s*[\[(]?(.*?)[\])]?\s*\)$`)

// settingOf reads the value of a setting in a file.
func settingOf(text string) script.Value {
	if m := cycleText.FindStringSubmatch(text); m != nil {
		v := &cyclerValue{names: []string{"color"}}
		for _, color := range strings.Split(m[1], ",") {
			color = strings.Trim(strings.TrimSpace(color), `'"`)
			if color == "" {
				continue
			}
			v.steps = append(v.steps, []script.Value{hexColor(color)})
		}
		return v
	}
	text = strings.Trim(text, `'"`)
	switch strings.ToLower(text) {
	case "true", "yes", "on":
		return true
	case "false", "no", "off":
		return false
	case "none":
		return script.None
	}
	if x, err := strconv.ParseFloat(text, 64); err == nil {
		return x
	}
	if parts := strings.Split(text, ","); len(parts) > 1 {
		list := &script.List{}
		for _, part := range parts {
			if part = strings.TrimSpace(part); part != "" {
				list.Elts = append(list.Elts, settingOf(part))
			}
		}
		return list
	}
	return hexColor(text)
}

// hexColor adds the # that files leave out of colours, because it begins a comment.
func hexColor(text string) string {
	if _, err := strconv.ParseUint(text, 16, 32); err == nil && (len(text) == 6 || len(text) == 8) {
		return "#" + text
	}
	return text
}
