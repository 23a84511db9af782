package platform

import (
	"runtime"

	"golang.org/x/sys/cpu"
)

// HasAVX2 reports whether the processor and the system support AVX2, FMA and the bit operations that came with them.
func HasAVX2() bool {
	return runtime.GOARCH == "amd64" && cpu.X86.HasAVX2 && cpu.X86.HasFMA && cpu.X86.HasBMI1 && cpu.X86.HasBMI2
}

// HasAVX512 reports whether they also support AVX-512 F, DQ and VL.
func HasAVX512() bool {
	return HasAVX2() && cpu.X86.HasAVX512F && cpu.X86.HasAVX512DQ && cpu.X86.HasAVX512VL
}

// HasAVX512Bytes reports whether they also support the instructions of AVX-512 that count zeros and permute bytes.
func HasAVX512Bytes() bool {
	return HasAVX512() && cpu.X86.HasAVX512BW && cpu.X86.HasAVX512CD && cpu.X86.HasAVX512VBMI
}
