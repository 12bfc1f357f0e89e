package mtstates

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/mtstates/go-mtstates/backend"
)

// Results are what a setup or a callback returns: nil, bool, float64, string, backend.LightUserdata, *[Table], and objects
// such as *[State] and *[Error].
type Results []any

// Scan copies the results into the variables that the destinations point to, as database/sql does it with columns:
//
//   - a number into any type of number that holds it exactly, or into a time.Time or time.Duration, of which it is the
//     seconds;
//   - a string into a string, a []byte, or what implements encoding.TextUnmarshaler;
//   - a list into a slice or an array, a table into a map, a struct (see [State.Call] for its tags) or a *[Table];
//   - nil into a pointer, slice, map or interface, which becomes nil;
//   - anything into an any, as it is in Results.
//
// Fields of a struct that the table does not have stay as they are, and a field of the table that the struct does not
// have is ignored. Names match exactly or else without regard to case. Pointers are followed, and new ones made; a table that
// occurs several times, or in itself, becomes the same pointer, map or slice each time.
//
// There must be as many destinations as results. The error is a [*ScanError] for a result that does not fit its
// destination; those before it are set.
func (r Results) Scan(destinations ...any) error {
	if len(destinations) != len(r) {
		return fmt.Errorf("mtstates: scan: expected %d destinations, got %d", len(r), len(destinations))
	}
	d := decoder{}
	for i, to := range destinations {
		v, err := toValue(r[i])
		if err == nil {
			err = d.scan(to, v)
		}
		if err != nil {
			return scanError(i+1, err)
		}
	}
	return nil
}

// ScanError reports a value that does not fit the variable for it.
type ScanError struct {
	// Index is the position of the result, from 1; 0 for a table of its own.
	Index int
	// Path leads from the result to the value inside of it, as in items[2].price. It is empty for the result itself.
	Path string
	// Message describes the fault.
	Message string
}

// Error returns "bad result #1 (integer expected, got string at items[2].price)".
func (e *ScanError) Error() string {
	message := e.Message
	if e.Path != "" {
		message += " at " + e.Path
	}
	if e.Index == 0 {
		return "bad table (" + message + ")"
	}
	return fmt.Sprintf("bad result #%d (%s)", e.Index, message)
}

func scanError(index int, err error) error {
	var m *misfit
	if errors.As(err, &m) {
		return &ScanError{index, m.at.path().String(), m.message}
	}
	return &ScanError{Index: index, Message: err.Error()}
}

// Scan copies the table into the variable to which a pointer leads, as [Results.Scan] does it.
func (t *Table) Scan(destination any) error {
	d := decoder{}
	if err := d.scan(destination, backend.TableValue(t.neutral())); err != nil {
		return scanError(0, err)
	}
	return nil
}

// scan decodes one value.
func (d *decoder) scan(destination any, v backend.Value) error {
	to := reflect.ValueOf(destination)
	if to.Kind() != reflect.Pointer || to.IsNil() {
		return fmt.Errorf("the destination is a %T, not a pointer to a variable", destination)
	}
	return d.decode(to.Elem(), v)
}
