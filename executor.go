package synfire

import (
	"os"

	"synfire/internal/diag"
	"synfire/internal/exec"
	"synfire/internal/exec/amd64"
	"synfire/internal/exec/portable"
)

// executorVariable is the environment variable that chooses the executor where a Config does not.
const executorVariable = "SYNFIRE_EXEC"

// chooseExecutor returns the executor of a name, for "" the best that the machine has. Where it cannot be had the
// portable one comes with the reason.
func chooseExecutor(name string) (exec.Executor, *diag.Message) {
	if name == "" {
		name = os.Getenv(executorVariable)
	}
	slow := portable.Executor{}
	vectors := amd64.AVX2
	switch name {
	case "portable":
		return slow, nil
	case "":
		best, _ := amd64.Best()
		if fast, err := amd64.New(best, slow); err == nil {
			return fast, nil
		}
		return slow, nil
	case amd64.AVX2.String():
	case amd64.AVX512.String():
		vectors = amd64.AVX512
	default:
		return slow, diag.Errorf(diag.Span{}, "RuntimeWarning", "There is no executor '%s', so 'portable' is used.", name).
			WithHint("Executors are 'portable', 'avx2' and 'avx512'.")
	}
	fast, err := amd64.New(vectors, slow)
	if err != nil {
		return slow, diag.Errorf(diag.Span{}, "RuntimeWarning", "The executor '%s' cannot be used here: %v. Instead 'portable' is used.", vectors, err)
	}
	return fast, nil
}
