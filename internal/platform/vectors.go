package platform

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

// Feature is an extension of the processor's instruction set.
type Feature struct {
	Name string // as /proc/cpuinfo writes it
	Has  bool   // the processor and the system support it
}

// The extensions that machine code needs: avx2 for AVX2, these and avx512 for AVX-512.
func avx2() []Feature {
	x := &cpu.X86
	return []Feature{{"avx2", x.HasAVX2}, {"fma", x.HasFMA}, {"bmi1", x.HasBMI1}, {"bmi2", x.HasBMI2}}
}

func avx512() []Feature {
	x := &cpu.X86
	return []Feature{{"avx512f", x.HasAVX512F}, {"avx512dq", x.HasAVX512DQ}, {"avx512vl", x.HasAVX512VL}}
}

// avx512Bytes are the instructions of AVX-512 that count zeros, permute bytes and transpose bits.
func avx512Bytes() []Feature {
	x := &cpu.X86
	return []Feature{{"avx512bw", x.HasAVX512BW}, {"avx512cd", x.HasAVX512CD}, {"avx512_vbmi", x.HasAVX512VBMI}, {"gfni", x.HasAVX512GFNI}}
}

// Features lists the extensions that matter for simulations.
func Features() []Feature {
	if runtime.GOARCH == "arm64" {
		return []Feature{{"asimd", cpu.ARM64.HasASIMD}, {"sve", cpu.ARM64.HasSVE}}
	}
	return append(append(avx2(), avx512()...), avx512Bytes()...)
}

// missing returns the names of those that the machine lacks.
func missing(features ...[]Feature) []string {
	var names []string
	for _, list := range features {
		for _, f := range list {
			if !f.Has {
				names = append(names, f.Name)
			}
		}
	}
	return names
}

// MissingForAVX2 names what the machine lacks to run code with AVX2, FMA and the bit operations that came with them.
func MissingForAVX2() []string { return missing(avx2()) }

// MissingForAVX512 names what it lacks to run code with AVX-512 F, DQ and VL.
func MissingForAVX512() []string { return missing(avx2(), avx512()) }

// HasAVX2 reports whether nothing is missing for AVX2.
func HasAVX2() bool { return MissingForAVX2() == nil }

// HasAVX512Bytes reports whether the machine has, besides all that AVX-512 needs, the instructions that count zeros, permute bytes and
// transpose bits.
func HasAVX512Bytes() bool { return missing(avx2(), avx512(), avx512Bytes()) == nil }
