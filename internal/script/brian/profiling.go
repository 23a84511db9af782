package brian

import (
	"fmt"
	"html"
	"strings"

	"synfire"
	"synfire/internal/script"
	"synfire/units"
)

// profilingInfo is net.profiling_info: pairs of name and time, the longest first.
func (n *network) profilingInfo() (script.Value, error) {
	entries, err := n.measured()
	if err != nil {
		return nil, err
	}
	list := &script.List{}
	for _, e := range entries {
		list.Elts = append(list.Elts, script.NewTuple(e.Name, units.Second.Of(e.Time.Seconds())))
	}
	return list, nil
}

func (n *network) measured() ([]synfire.ProfileEntry, error) {
	if n.session.host.Check {
		return []synfire.ProfileEntry{}, nil
	}
	entries := n.of.Profile()
	if entries == nil {
		return nil, script.Raise("ValueError", "There is no profiling information: the network was not run with profile=True.").WithHint("use run(..., profile=True).")
	}
	return entries, nil
}

// profilingSummaryEntry is the function profiling_summary.
func (s *Session) profilingSummaryEntry() script.Entry {
	return script.Entry{Signature: "profiling_summary(net=None, show=None)", Doc: "How long the objects of a network took in a run with profile=True.", Func: func(c *script.Call) (script.Value, error) {
		n, ok := c.Arg("net").(*network)
		if !ok {
			if n = s.magic; n == nil {
				n = s.newNetwork()
			}
		}
		entries, err := n.measured()
		if err != nil {
			return nil, err
		}
		summary := &profilingSummary{entries: entries}
		for _, e := range entries {
			summary.total += e.Time.Seconds()
		}
		if show := c.Arg("show"); !script.IsNone(show) {
			most, err := c.Int("show")
			if err != nil {
				return nil, err
			}
			summary.entries = entries[:min(max(int(most), 0), len(entries))]
		}
		return summary, nil
	}}
}

// profilingSummary is what profiling_summary returns: a table.
type profilingSummary struct {
	entries []synfire.ProfileEntry
	total   float64
}

// TypeName implements script.Named.
func (*profilingSummary) TypeName() string { return "ProfilingSummary" }

// rows are name, time and share of each object, padded to columns.
func (p *profilingSummary) rows() [][3]string {
	rows := make([][3]string, len(p.entries))
	unit, width := units.Second, [3]int{}
	if len(p.entries) > 0 {
		unit = units.BestUnit([]float64{p.entries[0].Time.Seconds()}, units.Time)
	}
	for k, e := range p.entries {
		share := 0.0
		if p.total > 0 {
			share = 100 * e.Time.Seconds() / p.total
		}
		rows[k] = [3]string{e.Name, fmt.Sprintf("%.2f %s", e.Time.Seconds()/unit.Value(), unit), fmt.Sprintf("%.2f %%", share)}
		for i, text := range rows[k] {
			width[i] = max(width[i], len(text))
		}
	}
	for k := range rows {
		rows[k][0] = fmt.Sprintf("%-*s", width[0], rows[k][0])
		for _, i := range []int{1, 2} {
			rows[k][i] = fmt.Sprintf("%*s", width[i], rows[k][i])
		}
	}
	return rows
}

// Repr implements script.Representer.
func (p *profilingSummary) Repr() string {
	text := "Profiling summary\n=================\n"
	for _, row := range p.rows() {
		text += strings.Join(row[:], "    ") + "\n"
	}
	return text
}

// RichRepr implements script.RichRepresenter.
func (p *profilingSummary) RichRepr() (text, page string) {
	page = "<table><caption>Profiling summary</caption>\n"
	for _, row := range p.rows() {
		page += "<tr>"
		for i, cell := range row {
			align := "right"
			if i == 0 {
				align = "left"
			}
			page += `<td style="text-align: ` + align + `">` + html.EscapeString(strings.TrimSpace(cell)) + "</td>"
		}
		page += "</tr>\n"
	}
	return p.Repr(), page + "</table>"
}
