package brian

import "synfire/internal/script"

// latexModule is the module sympy, of which scripts of Brian2 use one function, to label axes: latex of a unit.
func (s *Session) latexModule() *script.Module {
	return &script.Module{Name: "sympy", Doc: "LaTeX of units.", Entries: []script.Entry{
		{Signature: "latex(expr)", Doc: "A unit in LaTeX, without dollar signs.", Func: func(c *script.Call) (script.Value, error) {
			u, ok := c.Arg("expr").(unit)
			if !ok {
				return nil, script.Raise("NotImplementedError", "Synfire does not support sympy.latex() of %s, only of units such as mV.", script.Repr(c.Arg("expr")))
			}
			return u.u.LaTeX(), nil
		}},
	}}
}
