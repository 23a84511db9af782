package amd64

import "unsafe"

// enter calls machine code.
//
//go:noescape
func enter(code uintptr, frame unsafe.Pointer)
