package mtstates

import (
	"bytes"
	"io"
	"sync"
)

// outputs are where scripts write; nil stands for the standard output of the process.
type outputs struct{ stdout, stderr io.Writer }

// writers makes each writer of a registry take one Write at a time, whatever uses it.
type writers struct {
	mu    sync.Mutex
	known map[io.Writer]*serialWriter
}

// serialWriter is a writer that several VMs use.
type serialWriter struct {
	mu sync.Mutex
	w  io.Writer
}

func (s *serialWriter) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.w.Write(p)
}

// serialized returns the writer through which all VMs of the registry use w.
func (r *Registry) serialized(w io.Writer) io.Writer {
	if w == nil {
		return nil
	}
	r.writers.mu.Lock()
	defer r.writers.mu.Unlock()
	if !comparable(w) {
		return &serialWriter{w: w}
	}
	if r.writers.known == nil {
		r.writers.known = map[io.Writer]*serialWriter{}
	}
	s := r.writers.known[w]
	if s == nil {
		s = &serialWriter{w: w}
		r.writers.known[w] = s
	}
	return s
}

// comparable reports whether w can be the key of a map.
func comparable(w io.Writer) (ok bool) {
	defer func() { ok = recover() == nil }()
	_ = map[io.Writer]bool{w: true}
	return true
}

// outputsOf returns the outputs of a new state, which pass on whole lines.
func (st *State) outputsOf(b blueprint) outputs {
	var o outputs
	for _, one := range []struct {
		from, other io.Writer
		to          *io.Writer
	}{
		{b.outputs.stdout, st.registry.outputs.stdout, &o.stdout},
		{b.outputs.stderr, st.registry.outputs.stderr, &o.stderr},
	} {
		if one.from == nil {
			one.from = one.other
		}
		if one.from != nil {
			w := &lineWriter{w: one.from}
			st.lines = append(st.lines, w)
			*one.to = w
		}
	}
	return o
}

// maxLine is how much of a line is kept back.
const maxLine = 1 << 16

// lineWriter passes on whole lines. It belongs to a state.
type lineWriter struct {
	w    io.Writer
	rest []byte // the beginning of a line
}

func (l *lineWriter) Write(p []byte) (n int, err error) {
	end := bytes.LastIndexByte(p, '\n') + 1
	if end > 0 {
		whole := p[:end]
		if len(l.rest) > 0 {
			whole = append(l.rest, whole...)
		}
		l.rest = nil
		if _, err := l.w.Write(whole); err != nil {
			return 0, err
		}
	}
	l.rest = append(l.rest, p[end:]...)
	if len(l.rest) > maxLine {
		return len(p), l.Flush()
	}
	return len(p), nil
}

// Flush passes on what there is. io.stdout:flush() calls it.
func (l *lineWriter) Flush() error {
	if len(l.rest) == 0 {
		return nil
	}
	rest := l.rest
	l.rest = nil
	_, err := l.w.Write(rest)
	return err
}

// flush is Flush at the end of a call, whose script can no longer be told that it failed.
func (l *lineWriter) flush() { contained("writer of a script's output", func() { _ = l.Flush() }) }
