package vmfield

import (
	"reflect"
	"strings"
	"testing"
)

type vmNode struct {
	next  *vmNode
	owner *vmObject
}

type (
	vmName  string
	vmValue any
)

type vmObject struct {
	name  vmName
	value vmValue
	nodes []vmNode
	run   func(*vmObject, int) bool
	pairs map[vmValue][2]vmValue
	last  int
}

// sample stands for what a VM has.
var sample = vmObject{name: "", value: nil, nodes: []vmNode{{next: nil, owner: nil}}, run: nil, pairs: nil, last: 0}

type node struct {
	Next  *node
	Owner *object2
}

type object2 struct {
	Name  string
	Value [2]uintptr
	Nodes []node
	Run   func(*object2, int) bool
	Pairs map[any][2]any
}

func TestMirror(t *testing.T) {
	for _, mirror := range []reflect.Type{
		reflect.TypeFor[object2](),
		reflect.TypeFor[struct {
			Name  string
			Value any
		}](),
	} {
		if err := Mirror(mirror, reflect.TypeOf(sample)); err != nil {
			t.Error(err)
		}
	}
}

func TestMirrorFails(t *testing.T) {
	for want, mirror := range map[string]reflect.Type{
		"has no field title":           reflect.TypeFor[struct{ Title string }](),
		"value of vmfield.vmObject is": reflect.TypeFor[struct{ Value [2]uintptr }](),
		"name of vmfield.vmObject has": reflect.TypeFor[struct{ Name []byte }](),
		"value of vmfield.vmObject has": reflect.TypeFor[struct {
			Name  string
			Value [2]int
		}](),
		"vmfield.vmNode has no field p": reflect.TypeFor[struct {
			Name  string
			Value [2]uintptr
			Nodes []struct{ Previous *int }
		}](),
		"run of vmfield.vmObject has": reflect.TypeFor[struct {
			Name  string
			Value [2]uintptr
			Nodes []node
			Run   func(*object2) bool
		}](),
		"pairs of vmfield.vmObject has": reflect.TypeFor[struct {
			Name  string
			Value [2]uintptr
			Nodes []node
			Run   func(*object2, int) bool
			Pairs map[any][1]any
		}](),
	} {
		err := Mirror(mirror, reflect.TypeOf(sample))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}
