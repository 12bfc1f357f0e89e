package mtstates

import (
	"reflect"
	"strings"
	"sync"
)

// structFields are the fields of a struct type that scripts see.
type structFields struct {
	list   []*structField
	named  map[string]*structField
	folded map[string]*structField // by names in lower case
}

// structField is a field that scripts see under a name.
type structField struct {
	name      string
	index     []int
	omitEmpty bool
}

var structTypes sync.Map // of *structFields by reflect.Type

// fieldsOf returns the fields of a struct type: the exported ones, under the names in their tags or else under their own.
// Fields of an embedded struct without a tag count as fields of the outer one.
func fieldsOf(t reflect.Type) *structFields {
	if known, ok := structTypes.Load(t); ok {
		return known.(*structFields)
	}
	fields := &structFields{named: map[string]*structField{}, folded: map[string]*structField{}}
	for _, f := range reflect.VisibleFields(t) {
		tag := f.Tag.Get("lua")
		name, options, _ := strings.Cut(tag, ",")
		if f.Anonymous && tag == "" && isStruct(f.Type) {
			continue // its fields follow
		}
		if !f.IsExported() || tag == "-" || insideField(t, f.Index) {
			continue
		}
		if name == "" {
			name = f.Name
		}
		fields.add(&structField{name, f.Index, strings.Contains(","+options+",", ",omitempty,")})
	}
	known, _ := structTypes.LoadOrStore(t, fields)
	return known.(*structFields)
}

// add adds a field, unless one that is embedded less deeply has the name.
func (s *structFields) add(f *structField) {
	if other := s.named[f.name]; other != nil {
		if len(other.index) > len(f.index) {
			*other = *f
		}
		return
	}
	s.list = append(s.list, f)
	s.named[f.name] = f
	if lower := strings.ToLower(f.name); s.folded[lower] == nil {
		s.folded[lower] = f
	}
}

func isStruct(t reflect.Type) bool {
	return t.Kind() == reflect.Struct || t.Kind() == reflect.Pointer && t.Elem().Kind() == reflect.Struct
}

// insideField reports whether a promoted field belongs to an embedded struct that is a field of its own, because it has a
// tag.
func insideField(t reflect.Type, index []int) bool {
	for depth := 1; depth < len(index); depth++ {
		if t.FieldByIndex(index[:depth]).Tag.Get("lua") != "" {
			return true
		}
	}
	return false
}
