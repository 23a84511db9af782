package plot

// mathSymbols are the TeX commands that stand for one character.
var mathSymbols = map[string]rune{
	"alpha": 'α', "beta": 'β', "gamma": 'γ', "delta": 'δ', "epsilon": 'ϵ', "varepsilon": 'ε', "zeta": 'ζ', "eta": 'η',
	"theta": 'θ', "vartheta": 'ϑ', "iota": 'ι', "kappa": 'κ', "varkappa": 'ϰ', "lambda": 'λ', "mu": 'μ', "nu": 'ν', "xi": 'ξ',
	"omicron": 'ο', "pi": 'π', "varpi": 'ϖ', "rho": 'ρ', "varrho": 'ϱ', "sigma": 'σ', "varsigma": 'ς', "tau": 'τ',
	"upsilon": 'υ', "phi": 'ϕ', "varphi": 'φ', "chi": 'χ', "psi": 'ψ', "omega": 'ω',
	"Gamma": 'Γ', "Delta": 'Δ', "Theta": 'Θ', "Lambda": 'Λ', "Xi": 'Ξ', "Pi": 'Π', "Sigma": 'Σ', "Upsilon": 'Υ',
	"Phi": 'Φ', "Psi": 'Ψ', "Omega": 'Ω',
	"times": '×', "cdot": '⋅', "pm": '±', "mp": '∓', "div": '÷', "ast": '∗', "star": '⋆', "circ": '∘', "bullet": '•',
	"leq": '≤', "le": '≤', "geq": '≥', "ge": '≥', "neq": '≠', "ne": '≠', "equiv": '≡', "approx": '≈', "sim": '∼', "simeq": '≃',
	"cong": '≅', "propto": '∝', "ll": '≪', "gg": '≫', "to": '→', "rightarrow": '→', "leftarrow": '←', "gets": '←', "uparrow": '↑',
	"downarrow": '↓', "leftrightarrow": '↔', "Rightarrow": '⇒', "Leftarrow": '⇐', "Leftrightarrow": '⇔', "mapsto": '↦',
	"in": '∈', "notin": '∉', "ni": '∋', "subset": '⊂', "supset": '⊃', "subseteq": '⊆', "supseteq": '⊇', "cup": '∪', "cap": '∩',
	"emptyset": '∅', "forall": '∀', "exists": '∃', "neg": '¬', "wedge": '∧', "land": '∧', "vee": '∨', "lor": '∨', "oplus": '⊕', "otimes": '⊗',
	"infty": '∞', "partial": '∂', "nabla": '∇', "sum": '∑', "prod": '∏', "int": '∫', "oint": '∮', "hbar": 'ℏ', "ell": 'ℓ', "Re": 'ℜ',
	"Im": 'ℑ', "aleph": 'ℵ', "angle": '∠', "perp": '⊥', "parallel": '∥', "mid": '∣', "prime": '′', "degree": '°', "dots": '…', "ldots": '…',
	"cdots": '⋯', "langle": '⟨', "rangle": '⟩', "lfloor": '⌊', "rfloor": '⌋', "lceil": '⌈', "rceil": '⌉', "dagger": '†', "ddagger": '‡',
	"S": '§', "P": '¶', "AA": 'Å', "euro": '€', "triangle": '△', "square": '□', "checkmark": '✓', "backslash": '\\', "vert": '|', "lbrace": '{',
	"rbrace": '}', "Vert": '‖', "textdegree": '°', "textmu": 'μ', "therefore": '∴', "because": '∵',
}

// mathOperators have a space on either side when they stand between two things.
var mathOperators = map[rune]bool{
	'+': true, '−': true, '=': true, '<': true, '>': true, '×': true, '⋅': true, '±': true, '∓': true, '÷': true, '∗': true, '≤': true, '≥': true,
	'≠': true, '≡': true, '≈': true, '∼': true, '≃': true, '≅': true, '∝': true, '≪': true, '≫': true, '→': true, '←': true, '↔': true, '⇒': true, '⇐': true,
	'⇔': true, '↦': true, '∈': true, '∉': true, '∋': true, '⊂': true, '⊃': true, '⊆': true, '⊇': true, '∪': true, '∩': true, '∧': true, '∨': true, '⊕': true,
	'⊗': true, '⊥': true, '∥': true, ':': true, '∘': true, '⋆': true, '∣': true,
}

// mathFunctions are set upright.
var mathFunctions = map[string]bool{
	"sin": true, "cos": true, "tan": true, "sinh": true, "cosh": true, "tanh": true, "arcsin": true, "arccos": true, "arctan": true, "cot": true,
	"sec": true, "csc": true, "log": true, "ln": true, "lg": true, "exp": true, "min": true, "max": true, "sup": true, "inf": true, "lim": true,
	"det": true, "dim": true, "arg": true, "gcd": true, "Pr": true, "deg": true, "ker": true, "hom": true, "limsup": true, "liminf": true,
}

// mathAccents stand over what follows.
var mathAccents = map[string]rune{
	"hat": 'ˆ', "widehat": 'ˆ', "tilde": '˜', "widetilde": '˜', "dot": '˙', "ddot": '¨', "bar": '¯', "vec": '→', "acute": '´',
	"grave": '`', "breve": '˘', "check": 'ˇ', "mathring": '˚',
}

// mathSpaces are widths in units of the font size.
var mathSpaces = map[string]float64{
	",": 0.16667, "thinspace": 0.16667, ":": 0.22222, ">": 0.22222, ";": 0.27778, "!": -0.16667, "quad": 1, "qquad": 2, " ": 0.33333, "/": 0.16667,
}

// mathFaces are the commands that choose a face for their argument; ignoredMath change nothing that we can draw.
var mathFaces = map[string]face{
	"mathrm": regularFace, "rm": regularFace, "mathregular": regularFace, "mathdefault": regularFace, "text": regularFace, "textrm": regularFace,
	"mathit": obliqueFace, "it": obliqueFace, "textit": obliqueFace, "mathbf": boldFace, "bf": boldFace, "boldsymbol": boldFace, "textbf": boldFace,
	"operatorname": regularFace, "mathsf": regularFace, "mathtt": regularFace, "mathcal": obliqueFace, "mathbb": boldFace, "mathfrak": obliqueFace,
	"mbox": regularFace,
}

var ignoredMath = map[string]bool{
	"left": true, "right": true, "big": true, "Big": true, "bigg": true, "Bigg": true, "displaystyle": true, "textstyle": true, "limits": true,
	"bigl": true, "bigr": true, "Bigl": true, "Bigr": true, "nolimits": true, "middle": true,
}
