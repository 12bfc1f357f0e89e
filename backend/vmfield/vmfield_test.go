package vmfield

import (
	"reflect"
	"testing"
	"unsafe"
)

type inner struct{ n int }

type object struct {
	flag  bool
	count int
	link  *inner
	list  []inner
}

func TestFinder(t *testing.T) {
	var f Finder
	typ := reflect.TypeFor[object]()
	count := f.Offset(typ, "count", Is[int])
	link, linked := f.Target(typ, "link", reflect.Pointer)
	list, listed := f.Target(typ, "list", reflect.Slice)
	n := f.Offset(linked, "n", IsType(reflect.TypeFor[int]()))
	f.Require(linked == listed)
	if !f.Known() {
		t.Fatal("the fields are not known")
	}
	o := object{count: 1, link: &inner{2}, list: []inner{{3}}}
	p := unsafe.Pointer(&o)
	got := []int{*At[int](p, count), *At[int](*At[unsafe.Pointer](p, link), n), (*At[[]inner](p, list))[0].n}
	if want := []int{1, 2, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestFinderFails(t *testing.T) {
	typ := reflect.TypeFor[object]()
	for name, find := range map[string]func(f *Finder){
		"no field":       func(f *Finder) { f.Offset(typ, "other", Is[int]) },
		"another type":   func(f *Finder) { f.Offset(typ, "flag", Is[int]) },
		"another kind":   func(f *Finder) { f.Target(typ, "link", reflect.Slice) },
		"no struct":      func(f *Finder) { f.Offset(reflect.TypeFor[int](), "n", Is[int]) },
		"no type":        func(f *Finder) { f.Offset(nil, "n", Is[int]) },
		"no requirement": func(f *Finder) { f.Require(false) },
	} {
		var f Finder
		find(&f)
		f.Require(true)
		f.Offset(typ, "count", Is[int])
		if f.Known() {
			t.Errorf("%s: taken for known", name)
		}
	}
}
