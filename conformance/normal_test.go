package conformance

import "testing"

func TestNormal(t *testing.T) {
	for _, test := range [][2]string{
		{"plain\ttext 12", "plain\ttext 12"},
		{"table: 0xc00012 and 0xABC", "table: 0x and 0x"},
		{"(id=70) (name=\"a\",id=9) state id 70", "(id=1) (name=\"a\",id=2) state id 1"},
		{"valid=70", "valid=70"},
		{"stack traceback:\n\t[Go]: in function 'error'\n\ta.lua:3: in function <a.lua:1>\n\ta.lua:9: in main chunk",
			"stack traceback:\n\t[Go]\n\ta.lua:3\n\ta.lua:9"},
		{"\t[string \"a: in b\"]:7: in ?", "\t[string \"a: in b\"]:7"},
	} {
		if got := normal(test[0]); got != test[1] {
			t.Errorf("normal(%q) is %q, want %q", test[0], got, test[1])
		}
	}
}
