package integrate

import (
	"synfire/internal/diag"
	"synfire/internal/syntax"
)

// Adaptive describes the step of an adaptive method, which is made of as many attempts as it takes. Code computes one
// attempt from the present values: of the time Time and over the length Step, which are names that whoever runs the
// code gives a meaning to. Neither is the same for all elements.
type Adaptive struct {
	// Order is the order of the method that the error is about: an error grows with the length to the power Order+1.
	Order int
	// Errors estimate what the attempt adds to the error of each variable, in the order of the system. Their names are those
	// of Code.
	Errors []syntax.Expr
}

// The names that the code of an attempt gives to the time at which it begins and to its length.
const (
	AttemptTime   = "_attempt_t"
	AttemptLength = "_attempt_dt"
)

// The adaptive methods, each an attempt as text like the explicit ones: dt is the length of the attempt and x_error the
// estimate of the error. The names, the pairs of formulas and their orders are those of the GNU Scientific Library: rk2 is
// Kutta's method of order 3 with the midpoint rule for comparison (a 2(3) pair), rk4 the classical method with its step
// cut in two, rkf45 Fehlberg's 4(5) pair, rkck that of Cash and Karp (1990), rk8pd the 8(7) pair with 13 stages of Prince and
// Dormand (1981).
var embedded = []struct {
	name  string
	order int
	text  string
}{
	{"gsl_rk2", 2, `
		k1 = f(x, t)
		k2 = f(x + dt/2*k1, t + dt/2)
		k3 = f(x + dt*(2*k2 - k1), t + dt)
		k = (k1 + 4*k2 + k3)/6
		x_error = dt*(k2 - k)
		x_new = x + dt*k`},
	{"gsl_rk4", 4, `
		k1 = f(x, t)
		k2 = f(x + dt/2*k1, t + dt/2)
		k3 = f(x + dt/2*k2, t + dt/2)
		k4 = f(x + dt*k3, t + dt)
		l2 = f(x + dt/4*k1, t + dt/4)
		l3 = f(x + dt/4*l2, t + dt/4)
		l4 = f(x + dt/2*l3, t + dt/2)
		x_half = x + dt/12*(k1 + 2*l2 + 2*l3 + l4)
		m1 = f(x_half, t + dt/2)
		m2 = f(x_half + dt/4*m1, t + 3/4*dt)
		m3 = f(x_half + dt/4*m2, t + 3/4*dt)
		m4 = f(x_half + dt/2*m3, t + dt)
		x_twice = x_half + dt/12*(m1 + 2*m2 + 2*m3 + m4)
		x_error = 4/15*(x_twice - (x + dt/6*(k1 + 2*k2 + 2*k3 + k4)))
		x_new = x_twice`},
	{"gsl_rkf45", 5, `
		k1 = f(x, t)
		k2 = f(x + dt/4*k1, t + dt/4)
		k3 = f(x + dt*(3/32*k1 + 9/32*k2), t + 3/8*dt)
		k4 = f(x + dt*(1932/2197*k1 - 7200/2197*k2 + 7296/2197*k3), t + 12/13*dt)
		k5 = f(x + dt*(439/216*k1 - 8*k2 + 3680/513*k3 - 845/4104*k4), t + dt)
		k6 = f(x + dt*(2*k2 - 8/27*k1 - 3544/2565*k3 + 1859/4104*k4 - 11/40*k5), t + dt/2)
		x_error = dt*(1/360*k1 - 128/4275*k3 - 2197/75240*k4 + 1/50*k5 + 2/55*k6)
		x_new = x + dt*(16/135*k1 + 6656/12825*k3 + 28561/56430*k4 - 9/50*k5 + 2/55*k6)`},
	{"gsl_rkck", 5, `
		k1 = f(x, t)
		k2 = f(x + dt/5*k1, t + dt/5)
		k3 = f(x + dt*(3/40*k1 + 9/40*k2), t + 3/10*dt)
		k4 = f(x + dt*(3/10*k1 - 9/10*k2 + 6/5*k3), t + 3/5*dt)
		k5 = f(x + dt*(5/2*k2 - 11/54*k1 - 70/27*k3 + 35/27*k4), t + dt)
		k6 = f(x + dt*(1631/55296*k1 + 175/512*k2 + 575/13824*k3 + 44275/110592*k4 + 253/4096*k5), t + 7/8*dt)
		x_error = dt*((37/378 - 2825/27648)*k1 + (250/621 - 18575/48384)*k3 + (125/594 - 13525/55296)*k4 - 277/14336*k5 + (512/1771 - 1/4)*k6)
		x_new = x + dt*(37/378*k1 + 250/621*k3 + 125/594*k4 + 512/1771*k6)`},
	{"gsl_rk8pd", 8, `
		k1 = f(x, t)
		k2 = f(x + dt/18*k1, t + dt/18)
		k3 = f(x + dt*(1/48*k1 + 1/16*k2), t + dt/12)
		k4 = f(x + dt*(1/32*k1 + 3/32*k3), t + dt/8)
		k5 = f(x + dt*(5/16*k1 - 75/64*k3 + 75/64*k4), t + 5/16*dt)
		k6 = f(x + dt*(3/80*k1 + 3/16*k4 + 3/20*k5), t + 3/8*dt)
		k7 = f(x + dt*(29443841/614563906*k1 + 77736538/692538347*k4 - 28693883/1125000000*k5 + 23124283/1800000000*k6), t + 59/400*dt)
		k8 = f(x + dt*(16016141/946692911*k1 + 61564180/158732637*k4 + 22789713/633445777*k5 + 545815736/2771057229*k6 - 180193667/1043307555*k7), t + 93/200*dt)
		k9 = f(x + dt*(39632708/573591083*k1 - 433636366/683701615*k4 - 421739975/2616292301*k5 + 100302831/723423059*k6 + 790204164/839813087*k7 + 800635310/3783071287*k8), t + 5490023248/9719169821*dt)
		k10 = f(x + dt*(246121993/1340847787*k1 - 37695042795/15268766246*k4 - 309121744/1061227803*k5 - 12992083/490766935*k6 + 6005943493/2108947869*k7 + 393006217/1396673457*k8 + 123872331/1001029789*k9), t + 13/20*dt)
		k11 = f(x + dt*(8478235783/508512852*k4 - 1028468189/846180014*k1 + 1311729495/1432422823*k5 - 10304129995/1701304382*k6 - 48777925059/3047939560*k7 + 15336726248/1032824649*k8 - 45442868181/3398467696*k9 + 3065993473/597172653*k10), t + 1201146811/1299019798*dt)
		k12 = f(x + dt*(185892177/718116043*k1 - 3185094517/667107341*k4 - 477755414/1098053517*k5 - 703635378/230739211*k6 + 5731566787/1027545527*k7 + 5232866602/850066563*k8 - 4093664535/808688257*k9 + 3962137247/1805957418*k10 + 65686358/487910083*k11), t + dt)
		k13 = f(x + dt*(403863854/491063109*k1 - 5068492393/434740067*k4 - 411421997/543043805*k5 + 652783627/914296604*k6 + 11173962825/925320556*k7 - 13158990841/6184727034*k8 + 3936647629/1978049680*k9 - 160528059/685178525*k10 + 248638103/1413531060*k11), t + dt)
		k = 14005451/335480064*k1 - 59238493/1068277825*k6 + 181606767/758867731*k7 + 561292985/797845732*k8 - 1041891430/1371343529*k9 + 760417239/1151165299*k10 + 118820643/751138087*k11 - 528747749/2220607170*k12 + 1/4*k13
		x_error = dt*(13451932/455176623*k1 - 808719846/976000145*k6 + 1757004468/5645159321*k7 + 656045339/265891186*k8 - 3867574721/1518517206*k9 + 465885868/322736535*k10 + 53011238/667516719*k11 + 2/45*k12 - k)
		x_new = x + dt*k`},
}

// AdaptiveOptions are the options of the adaptive methods, as they are called in method_options.
var AdaptiveOptions = []string{
	"absolute_error", "absolute_error_per_variable", "adaptable_timestep", "max_steps", "save_failed_steps", "save_step_count", "use_last_timestep",
}

// attempt makes an attempt at a step of an adaptive method, or refuses.
func (u *Updater) attempt(system *System, order int) (*Result, error) {
	const who = "the GSL state updater"
	if err := system.refuseNoise(who); err != nil {
		return nil, err
	}
	for _, e := range system.Equations {
		for _, name := range syntax.Functions(e.Rhs) {
			if !system.function(name).Random {
				continue
			}
			return nil, refuse(e, "Cannot solve stochastic equations with %s: the equation for '%s' draws random numbers.", who, e.Name).
				WithHint("draw the number once per step, in a subexpression that is flagged as (constant over dt)")
		}
		for _, name := range syntax.Names(e.Rhs) {
			if system.variable(name).Elsewhere {
				return nil, refuse(e, "Equations with indexing are not supported in combination with the GSL state updater: in the equation for '%s', '%s' belongs to another element.",
					e.Name, name)
			}
		}
	}
	step := u.begin(system)
	step.time, step.length, step.staged = AttemptTime, AttemptLength, true
	c := newCode(system)
	step.fill(c)
	adaptive := &Adaptive{Order: order}
	for i := range system.Equations {
		adaptive.Errors = append(adaptive.Errors, step.values[intermediateKey{"x_error", i, ""}])
	}
	result := c.finish(system, adaptive.Errors...)
	result.Method, result.Adaptive = u.Name, adaptive
	return result, nil
}

// parseEmbedded parses the declaration of an adaptive method.
func parseEmbedded(name, text string) (*Updater, error) {
	u, err := ParseUpdater(name, text, NoNoise)
	if err != nil {
		return nil, err
	}
	for _, s := range u.statements {
		if s.Target.Ident == "x_error" {
			return u, nil
		}
	}
	return nil, diag.Errorf(diag.Span{}, "SyntaxError", "the declaration of %s does not define x_error", name)
}
