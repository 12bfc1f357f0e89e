package wire

import (
	"encoding/binary"
	"fmt"
	"math"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/crossing"
	"github.com/mtstates/go-mtstates/mtstates"
)

// The tags of values.
const (
	tagNil = iota
	tagFalse
	tagTrue
	tagNumber  // 8 bytes, little endian
	tagInteger // a signed varint
	tagString
	tagTable // its number
	tagState // its name
	tagError
)

// References translates handles of states.
type References interface {
	// Name returns the name under which other processes find a state.
	Name(ref mtstates.Ref) (string, error)
	// State returns the handle for a name.
	State(name string) mtstates.Ref
}

// encoder appends values to a message.
type encoder struct {
	message []byte
	refs    References
	tables  []encodedTable
	numbers map[*backend.NeutralTable]int
}

type encodedTable struct {
	table *backend.NeutralTable
	first place
}

// place is where a value stands: in a field of a table, or, if table is outside, at a position in the list.
type place struct {
	table, field int
	isKey        bool
}

const outside = -1

// appendValues appends a list of values. The error is an [*UnsupportedError].
func (e *encoder) appendValues(values []backend.Value) error {
	e.message = binary.AppendUvarint(e.message, uint64(len(values)))
	for i := range values {
		if err := e.value(&values[i], place{table: outside, field: i}); err != nil {
			return err
		}
	}
	for n := 0; n < len(e.tables); n++ {
		fields := e.tables[n].table.Fields()
		e.message = binary.AppendUvarint(e.message, uint64(len(fields)))
		for i := range fields {
			if err := e.value(&fields[i].Key, place{n, i, true}); err != nil {
				return err
			}
			if err := e.value(&fields[i].Value, place{n, i, false}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (e *encoder) value(v *backend.Value, at place) error {
	switch v.Kind {
	case backend.Nil:
		e.message = append(e.message, tagNil)
	case backend.Boolean:
		tag := byte(tagFalse)
		if v.Boolean() {
			tag = tagTrue
		}
		e.message = append(e.message, tag)
	case backend.Number:
		e.number(v.Number())
	case backend.String:
		e.message = appendString(append(e.message, tagString), v.Text())
	case backend.Table:
		e.table(v.Table(), at)
	case backend.Userdata:
		return e.handle(v.Handle(), at)
	default:
		return e.unsupported(at, "type '"+v.Kind.String()+"' not supported")
	}
	return nil
}

func (e *encoder) number(n float64) {
	if i := int64(n); float64(i) == n && i > -1<<53 && i < 1<<53 && (i != 0 || !math.Signbit(n)) {
		e.message = binary.AppendVarint(append(e.message, tagInteger), i)
		return
	}
	e.message = binary.LittleEndian.AppendUint64(append(e.message, tagNumber), math.Float64bits(n))
}

func (e *encoder) table(t *backend.NeutralTable, at place) {
	n, ok := e.numbers[t]
	if !ok {
		if e.numbers == nil {
			e.numbers = map[*backend.NeutralTable]int{}
		}
		n = len(e.tables)
		e.numbers[t] = n
		e.tables = append(e.tables, encodedTable{t, at})
	}
	e.message = binary.AppendUvarint(append(e.message, tagTable), uint64(n))
}

func (e *encoder) handle(h backend.Handle, at place) error {
	switch h := h.Object().(type) {
	case mtstates.Ref:
		name, err := e.refs.Name(h)
		if err != nil {
			return e.unsupported(at, err.Error())
		}
		e.message = appendString(append(e.message, tagState), name)
	case *mtstates.Error:
		e.message = appendError(append(e.message, tagError), h, nil)
	default:
		return e.unsupported(at, "type 'userdata' not supported between processes")
	}
	return nil
}

// UnsupportedError reports a value that stays in its process.
type UnsupportedError struct {
	// Index is the position, from 1, of the value, or of the table that it is in.
	Index   int
	message string
	path    crossing.Path
}

// Error returns "type 'light userdata' not supported at [1].handler".
func (e *UnsupportedError) Error() string { return e.message + e.path.At() }

func (e *encoder) unsupported(at place, message string) error {
	err := &UnsupportedError{message: message}
	var backwards crossing.Path
	for ; at.table != outside; at = e.tables[at.table].first {
		key := e.tables[at.table].table.Fields()[at.field].Key
		backwards = append(backwards, crossing.Step{Key: key, IsKey: at.isKey})
	}
	for i := len(backwards) - 1; i >= 0; i-- {
		err.path = append(err.path, backwards[i])
	}
	err.Index = at.field + 1
	return err
}

// decoder reads the values of a message.
type decoder struct {
	reader
	refs   References
	known  Sentinels
	tables []*backend.NeutralTable
}

// values reads a list of values.
func (d *decoder) values() []backend.Value {
	list := make([]backend.Value, d.count(1))
	for i := range list {
		list[i] = d.value()
	}
	for n := 0; n < len(d.tables) && d.err == nil; n++ {
		d.fields(d.tables[n])
	}
	return list
}

func (d *decoder) value() backend.Value {
	switch tag := d.byte(); tag {
	case tagNil:
	case tagFalse, tagTrue:
		return backend.BooleanValue(tag == tagTrue)
	case tagNumber:
		if len(d.rest) < 8 {
			d.fail("no number")
			break
		}
		n := math.Float64frombits(binary.LittleEndian.Uint64(d.rest))
		d.rest = d.rest[8:]
		return backend.NumberValue(n)
	case tagInteger:
		n, size := binary.Varint(d.rest)
		if size <= 0 || n <= -1<<53 || n >= 1<<53 {
			d.fail("no integer")
			break
		}
		d.rest = d.rest[size:]
		return backend.NumberValue(float64(n))
	case tagString:
		return backend.StringValue(d.string())
	case tagTable:
		return d.table()
	case tagState:
		if name := d.string(); d.err == nil {
			return backend.HandleValue(d.refs.State(name))
		}
	case tagError:
		if err, ok := d.error().(*mtstates.Error); ok {
			return backend.HandleValue(err)
		}
		d.fail("an error that is not one of a module")
	default:
		d.fail(fmt.Sprintf("unknown value %d", tag))
	}
	return backend.NilValue()
}

func (d *decoder) table() backend.Value {
	n := d.uint64()
	if n > uint64(len(d.tables)) {
		d.fail("a table that is not the next one")
		return backend.NilValue()
	}
	if n == uint64(len(d.tables)) {
		d.tables = append(d.tables, &backend.NeutralTable{})
	}
	return backend.TableValue(d.tables[n])
}

func (d *decoder) fields(t *backend.NeutralTable) {
	fields := make([]backend.Field, d.count(2))
	keys := keySet{}
	for i := range fields {
		f := backend.Field{Key: d.value(), Value: d.value()}
		if d.err != nil {
			return
		}
		if !keys.add(f.Key) {
			d.fail("a key that a table cannot have, or has already")
			return
		}
		fields[i] = f
	}
	t.SetFields(fields)
}

// keySet are the keys of a table. A list needs no memory for them.
type keySet struct {
	sequence float64 // the keys 1 to sequence came first
	others   map[any]struct{}
}

// add reports whether a key is a new one that a table may have.
func (s *keySet) add(key backend.Value) bool {
	switch {
	case key.Kind == backend.Nil:
		return false
	case key.Kind == backend.Number:
		n := key.Number()
		if n != n || n >= 1 && n <= s.sequence && n == math.Trunc(n) {
			return false
		}
		if s.others == nil && n == s.sequence+1 {
			s.sequence++
			return true
		}
	}
	if s.others == nil {
		s.others = map[any]struct{}{}
	}
	k := key.Key()
	if _, taken := s.others[k]; taken {
		return false
	}
	s.others[k] = struct{}{}
	return true
}
