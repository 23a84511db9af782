//go:build !amd64

package amd64

import "unsafe"

func enter(uintptr, unsafe.Pointer) { panic("BUG: machine code of another processor") }
