package ir

// Hoisted is a kernel cut in three by Hoist. All three have the same
// variables, in the same order: those of the original kernel, then the
// temporaries. Setup kernels run once per run, before the first step, and
// again whenever something that is run-constant has been changed.
type Hoisted struct {
	SetupShared *Kernel // computes shared temporaries; runs over one lane; nil if there are none
	SetupOwn    *Kernel // computes temporaries of elements; runs over all elements, after SetupShared; nil if there are none
	Step        *Kernel
}
