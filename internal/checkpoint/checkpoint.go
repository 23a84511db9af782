// Package checkpoint keeps named states in a file. What a state consists of is up to those who write and read it, as a
// sequence of numbers and texts; the package sees to it that what is read is what was written.
//
// A file begins with "SYNFIRE\n" and the version of the format (32 bits). Then follow states, each with the length of its
// name (32 bits), its name, the length of its content (64 bits), its content, and the CRC-32C of name and content. All
// numbers are little-endian.
//
// It does not know networks, variables or scripts.
package checkpoint

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	"synfire/internal/diag"
)

const (
	magic = "SYNFIRE\n"
	// version is that of the format, in which what states consist of is included.
	version = 1
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Write puts a state into a file, beside those of other names that it has, and makes the file if there is none. When
// something fails, the file stays what it was.
func Write(path, name string, write func(*Encoder)) (err error) {
	old, err := open(path)
	switch {
	case err == nil:
		defer old.close()
	case !errors.Is(err, os.ErrNotExist):
		return err
	}
	file, err := os.CreateTemp(filepath.Dir(path), ".synfire-state-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, file.Close(), os.Remove(file.Name()))
		}
	}()
	out := bufio.NewWriterSize(file, 1<<20)
	if _, err = out.WriteString(magic); err != nil {
		return err
	}
	if err = binary.Write(out, binary.LittleEndian, uint32(version)); err != nil {
		return err
	}
	if old != nil {
		for _, s := range old.states {
			if s.name == name {
				continue
			}
			if err = old.check(s); err != nil {
				return err
			}
			if _, err = io.Copy(out, io.NewSectionReader(old.file, s.begin, s.end-s.begin)); err != nil {
				return err
			}
		}
	}
	if err = appendState(file, out, name, write); err != nil {
		return err
	}
	if err = file.Chmod(0o666 &^ umask(path)); err != nil {
		return err
	}
	if err = file.Sync(); err != nil {
		return err
	}
	if err = file.Close(); err != nil {
		return err
	}
	return os.Rename(file.Name(), path)
}

// umask returns the bits that a new file does not get: those of the file that is there, or others' right to write.
func umask(path string) os.FileMode {
	if info, err := os.Stat(path); err == nil {
		return ^info.Mode() & 0o666
	}
	return 0o022
}

// appendState writes a state at the end. How long it is is known, and written, when it is there.
func appendState(file *os.File, out *bufio.Writer, name string, write func(*Encoder)) error {
	header := binary.LittleEndian.AppendUint32(nil, uint32(len(name)))
	header = append(header, name...)
	if _, err := out.Write(append(header, make([]byte, 8)...)); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	begin, err := file.Seek(0, io.SeekCurrent)
	if err != nil {
		return err
	}
	sum := crc32.New(castagnoli)
	sum.Write([]byte(name)) // never fails
	e := &Encoder{to: io.MultiWriter(out, sum)}
	write(e)
	if e.err != nil {
		return e.err
	}
	if err := binary.Write(out, binary.LittleEndian, sum.Sum32()); err != nil {
		return err
	}
	if err := out.Flush(); err != nil {
		return err
	}
	_, err = file.WriteAt(binary.LittleEndian.AppendUint64(nil, uint64(e.written)), begin-8)
	return err
}

// Read reads a state of a file. A file that does not exist is an error that is os.ErrNotExist; one that is no file of
// states, of another version or damaged is a ValueError, and a name that it does not have a KeyError.
func Read(path, name string, read func(*Decoder)) error {
	f, err := open(path)
	if err != nil {
		return err
	}
	defer f.close()
	var names []string
	for _, s := range f.states {
		if s.name != name {
			names = append(names, s.name)
			continue
		}
		if err := f.check(s); err != nil {
			return err
		}
		d := &Decoder{from: bufio.NewReaderSize(io.NewSectionReader(f.file, s.content, s.end-4-s.content), 1<<20), left: s.end - 4 - s.content}
		read(d)
		if d.err == nil && d.left != 0 {
			d.err = f.damaged("it holds more than is expected")
		}
		return d.err
	}
	m := diag.Errorf(diag.Span{}, "KeyError", "No state with the name '%s' is stored in %s.", name, path)
	if near := diag.Nearest(name, names); near != "" {
		return m.WithHint("did you mean '%s'?", near)
	}
	return m
}

// state is where one state lies in a file.
type state struct {
	name                string
	begin, content, end int64
}

type stateFile struct {
	path   string
	file   *os.File
	states []state
}

func (f *stateFile) close() { f.file.Close() }

func (f *stateFile) damaged(why string) error {
	return diag.Errorf(diag.Span{}, "ValueError", "The file %s is damaged: %s.", f.path, why)
}

// open lists the states of a file.
func open(path string) (*stateFile, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	f := &stateFile{path: path, file: file}
	if err := f.list(); err != nil {
		f.close()
		return nil, err
	}
	return f, nil
}

func (f *stateFile) list() error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	header := make([]byte, len(magic)+4)
	if _, err := io.ReadFull(f.file, header); err != nil || string(header[:len(magic)]) != magic {
		return diag.Errorf(diag.Span{}, "ValueError", "The file %s does not hold states of Synfire.", f.path).
			WithHint("files that Brian2 has written cannot be read; store the states again.")
	}
	if v := binary.LittleEndian.Uint32(header[len(magic):]); v != version {
		return diag.Errorf(diag.Span{}, "ValueError", "The file %s has version %d of the format of states, this program reads version %d.", f.path, v, version).
			WithHint("store the states again, or use the Synfire that has written the file.")
	}
	size := info.Size()
	for at := int64(len(header)); at < size; {
		s := state{begin: at}
		length := make([]byte, 4)
		if _, err := f.file.ReadAt(length, at); err != nil {
			return f.damaged("it ends too early")
		}
		n := int64(binary.LittleEndian.Uint32(length))
		if at+4+n+8+4 > size {
			return f.damaged("it ends too early")
		}
		rest := make([]byte, n+8)
		if _, err := f.file.ReadAt(rest, at+4); err != nil {
			return err
		}
		s.name = string(rest[:n])
		s.content = at + 4 + n + 8
		content := binary.LittleEndian.Uint64(rest[n:])
		if content > uint64(size-s.content-4) {
			return f.damaged("it ends too early")
		}
		s.end = s.content + int64(content) + 4
		f.states = append(f.states, s)
		at = s.end
	}
	return nil
}

// check compares the checksum of a state.
func (f *stateFile) check(s state) error {
	var sum hash.Hash32 = crc32.New(castagnoli)
	sum.Write([]byte(s.name)) // never fails
	if _, err := io.Copy(sum, io.NewSectionReader(f.file, s.content, s.end-4-s.content)); err != nil {
		return err
	}
	stored := make([]byte, 4)
	if _, err := f.file.ReadAt(stored, s.end-4); err != nil {
		return err
	}
	if binary.LittleEndian.Uint32(stored) != sum.Sum32() {
		return f.damaged(fmt.Sprintf("the checksum of the state '%s' is wrong", s.name))
	}
	return nil
}
