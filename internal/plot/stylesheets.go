package plot

import (
	"sort"
	"strings"

	"synfire/internal/diag"
)

// setting is one line of a style sheet.
type setting struct {
	name  string
	value any
}

// styleSheets are the looks that matplotlib ships and scripts name, as far as Style has their settings.
var styleSheets = map[string][]setting{
	"ggplot": {
		{"patch.linewidth", 0.5}, {"font.size", 10.0}, {"axes.facecolor", "#E5E5E5"}, {"axes.edgecolor", "white"}, {"axes.linewidth", 1.0},
		{"axes.grid", true}, {"axes.titlesize", "x-large"}, {"axes.labelsize", "large"}, {"axes.labelcolor", "#555555"}, {"axes.axisbelow", true},
		{"axes.prop_cycle", []string{"#E24A33", "#348ABD", "#988ED5", "#777777", "#FBC15E", "#8EBA42", "#FFB5B8"}},
		{"xtick.color", "#555555"}, {"ytick.color", "#555555"}, {"grid.color", "white"}, {"grid.linestyle", "-"}, {"figure.facecolor", "white"},
	},
	"dark_background": {
		{"text.color", "white"}, {"axes.facecolor", "black"}, {"axes.edgecolor", "white"}, {"axes.labelcolor", "white"}, {"xtick.color", "white"},
		{"ytick.color", "white"}, {"grid.color", "white"}, {"figure.facecolor", "black"},
		{"axes.prop_cycle", []string{"#8dd3c7", "#feffb3", "#bfbbd9", "#fa8174", "#81b1d2", "#fdb462", "#b3de69", "#bc82bd", "#ccebc4", "#ffed6f"}},
	},
	"bmh": {
		{"lines.linewidth", 2.0}, {"patch.linewidth", 0.5}, {"axes.facecolor", "#eeeeee"}, {"axes.edgecolor", "#bcbcbc"}, {"axes.grid", true},
		{"axes.titlesize", "x-large"}, {"axes.labelsize", "large"}, {"grid.color", "#b2b2b2"}, {"grid.linestyle", "--"}, {"grid.linewidth", 0.5},
		{"xtick.direction", "in"}, {"ytick.direction", "in"},
		{"axes.prop_cycle", []string{"#348ABD", "#A60628", "#7A68A6", "#467821", "#D55E00", "#CC79A7", "#56B4E9", "#009E73", "#F0E442", "#0072B2"}},
	},
	"grayscale": {
		{"lines.linewidth", 1.5}, {"image.cmap", "gray"}, {"axes.prop_cycle", []string{"0.00", "0.40", "0.60", "0.70"}}, {"figure.facecolor", "0.75"},
	},
	"seaborn-muted":      {{"axes.prop_cycle", []string{"#4878CF", "#6ACC65", "#D65F5F", "#B47CC7", "#C4AD66", "#77BEDB"}}},
	"seaborn-deep":       {{"axes.prop_cycle", []string{"#4C72B0", "#55A868", "#C44E52", "#8172B2", "#CCB974", "#64B5CD"}}},
	"seaborn-pastel":     {{"axes.prop_cycle", []string{"#92C6FF", "#97F0AA", "#FF9F9A", "#D0BBFF", "#FFFEA3", "#B0E0E6"}}},
	"seaborn-bright":     {{"axes.prop_cycle", []string{"#003FFF", "#03ED3A", "#E8000B", "#8A2BE2", "#FFC400", "#00D7FF"}}},
	"seaborn-colorblind": {{"axes.prop_cycle", []string{"#0072B2", "#009E73", "#D55E00", "#CC79A7", "#F0E442", "#56B4E9"}}},
	"seaborn-whitegrid": {
		{"axes.grid", true}, {"axes.axisbelow", true}, {"axes.edgecolor", "0.8"}, {"grid.color", "0.8"}, {"axes.linewidth", 1.0}, {"text.color", "0.15"},
		{"axes.labelcolor", "0.15"}, {"xtick.color", "0.15"}, {"ytick.color", "0.15"}, {"xtick.major.size", 0.0}, {"ytick.major.size", 0.0},
	},
	"seaborn-darkgrid": {
		{"axes.grid", true}, {"axes.axisbelow", true}, {"axes.facecolor", "#EAEAF2"}, {"axes.edgecolor", "white"}, {"grid.color", "white"}, {"axes.linewidth", 0.0},
		{"text.color", "0.15"}, {"axes.labelcolor", "0.15"}, {"xtick.color", "0.15"}, {"ytick.color", "0.15"}, {"xtick.major.size", 0.0}, {"ytick.major.size", 0.0},
	},
	"seaborn-white": {
		{"axes.grid", false}, {"axes.axisbelow", true}, {"axes.edgecolor", "0.15"}, {"axes.linewidth", 1.25}, {"text.color", "0.15"}, {"axes.labelcolor", "0.15"},
		{"xtick.major.size", 0.0}, {"ytick.major.size", 0.0},
	},
	"seaborn-ticks": {{"axes.grid", false}, {"axes.axisbelow", true}, {"axes.edgecolor", "0.15"}, {"axes.linewidth", 1.25}, {"xtick.major.size", 6.0}, {"ytick.major.size", 6.0}},
	"seaborn-talk":  {{"axes.labelsize", 17.6}, {"axes.titlesize", 19.2}, {"legend.fontsize", 16}, {"xtick.labelsize", 16}, {"ytick.labelsize", 16}, {"grid.linewidth", 1.3}, {"lines.linewidth", 2.8}},
	"seaborn-poster": {
		{"axes.labelsize", 22}, {"axes.titlesize", 24}, {"legend.fontsize", 20}, {"xtick.labelsize", 20}, {"ytick.labelsize", 20}, {"figure.figsize", []float64{12.8, 8.8}}, {"lines.linewidth", 3.5},
	},
	"seaborn-notebook": {{"axes.labelsize", 11}, {"axes.titlesize", 12}, {"legend.fontsize", 10}, {"xtick.labelsize", 10}, {"ytick.labelsize", 10}, {"lines.linewidth", 1.75}},
	"seaborn-paper":    {{"axes.labelsize", 8.8}, {"axes.titlesize", 9.6}, {"legend.fontsize", 8}, {"xtick.labelsize", 8}, {"ytick.labelsize", 8}, {"lines.linewidth", 1.4}},
	"tableau-colorblind10": {
		{"axes.prop_cycle", []string{"#006BA4", "#FF800E", "#ABABAB", "#595959", "#5F9ED1", "#C85200", "#898989", "#A2C8EC", "#FFBC79", "#CFCFCF"}},
	},
}

// Use applies a style sheet by matplotlib's name (style.use); "default" undoes all. The names of version 3.6 and later,
// "seaborn-v0_8-muted", are accepted too. An unknown name is an OSError, as in matplotlib.
func (s *Style) Use(name string) error {
	if name == "default" {
		*s = DefaultStyle()
		return nil
	}
	base := strings.Replace(name, "seaborn-v0_8", "seaborn", 1)
	if base == "seaborn" {
		base = "seaborn-darkgrid"
	}
	sheet, ok := styleSheets[base]
	if !ok {
		names := StyleNames()
		message := diag.Errorf(diag.Span{}, "OSError", "%q is not a known style", name)
		if near := nearest(base, names); near != "" {
			return message.WithHint("Did you mean %q?", near)
		}
		return message.WithHint("Known styles: default, %s.", strings.Join(names, ", "))
	}
	for _, line := range sheet {
		if err := s.Set(line.name, line.value); err != nil {
			return err
		}
	}
	return nil
}

// StyleNames returns the names of the style sheets, sorted.
func StyleNames() []string {
	names := make([]string, 0, len(styleSheets))
	for known := range styleSheets {
		names = append(names, known)
	}
	sort.Strings(names)
	return names
}
