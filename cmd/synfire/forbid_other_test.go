//go:build !linux

package main

func canForbidMachineCode() bool { return false }

func forbidMachineCode() {}
