package synfire

import (
	"math"

	"synfire/internal/diag"
)

// smoothingWindow returns weights that sum to 1, an odd number of them.
func smoothingWindow(window string, width, dt float64) ([]float64, error) {
	switch window {
	case "flat":
		half := int(width / 2 / dt)
		weights := make([]float64, 2*half+1)
		for k := range weights {
			weights[k] = 1 / float64(len(weights))
		}
		return weights, nil
	case "gaussian":
		half := int(math.RoundToEven(2 * width / dt))
		weights := make([]float64, 2*half+1)
		sum := 0.0
		for k := range weights {
			x := float64(k-half) * dt
			weights[k] = math.Exp(-x * x / (2 * width * width))
			sum += weights[k]
		}
		for k := range weights {
			weights[k] /= sum
		}
		return weights, nil
	}
	return nil, diag.Errorf(diag.Span{}, "NotImplementedError", "Unknown pre-defined window '%s'.", window).WithHint("use 'flat' or 'gaussian'.")
}

// convolveSame convolves values with weights and returns the middle part, as long as the longer of both (NumPy's
// mode "same").
func convolveSame(values, weights []float64) []float64 {
	n, m := len(values), len(weights)
	if n == 0 {
		return nil
	}
	longer := max(n, m)
	result := make([]float64, longer)
	offset := (min(n, m) - 1) / 2
	for k := range result {
		at := k + offset // in the full convolution
		sum := 0.0
		for w := max(0, at-n+1); w < m && w <= at; w++ {
			sum += values[at-w] * weights[w]
		}
		result[k] = sum
	}
	return result
}
