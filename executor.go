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
	switch name {
	case "portable":
		return slow, nil
	case "":
		if best, ok := amd64.Best(); ok {
			if fast, err := amd64.New(best, slow); err == nil {
				return fast, nil
			}
		}
		return slow, nil
	}
	fast, err := machineCode(name)
	switch {
	case err != nil:
		return slow, diag.Errorf(diag.Span{}, "RuntimeWarning", "The executor '%s' cannot be used here: %v. Instead 'portable' is used.", name, err)
	case fast == nil:
		return slow, diag.Errorf(diag.Span{}, "RuntimeWarning", "There is no executor '%s', so 'portable' is used.", name).
			WithHint("Executors are 'portable', 'avx2' and 'avx512'.")
	}
	return fast, nil
}

// machineCode returns the executor of a name that writes machine code, nil if none is called so. It fails where the executor
// cannot be used.
func machineCode(name string) (exec.Executor, error) {
	for _, vectors := range []amd64.Vectors{amd64.AVX2, amd64.AVX512} {
		if vectors.String() == name {
			fast, err := amd64.New(vectors, portable.Executor{})
			if err != nil {
				return nil, err
			}
			return fast, nil
		}
	}
	return nil, nil
}

// NoFasterExecutor returns why this machine cannot run compiled code faster than the executor of the given name does; nil if
// it could, or if there is nothing faster.
func NoFasterExecutor(name string) error {
	faster := map[string]string{"portable": amd64.AVX2.String(), amd64.AVX2.String(): amd64.AVX512.String()}
	_, err := machineCode(faster[name])
	return err
}
