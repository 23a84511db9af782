//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package platform

import "errors"

func mapExecutable([]byte) ([]byte, error) {
	return nil, errors.New("executable memory is not supported on this system")
}
