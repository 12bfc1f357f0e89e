package spec

import "testing"

func TestNames(t *testing.T) {
	for _, c := range []struct{ name, exported, unexported string }{
		{"newstate", "Newstate", "newstate"},
		{"object_closed", "ObjectClosed", "objectClosed"},
		{"id", "ID", "id"},
		{"loop_id", "LoopID", "loopID"},
		{"typeOf", "TypeOf", "typeOf"},
		{"_hidden", "Hidden", "hidden"},
	} {
		if got := Exported(c.name); got != c.exported {
			t.Errorf("Exported(%q) = %q, want %q", c.name, got, c.exported)
		}
		if got := Unexported(c.name); got != c.unexported {
			t.Errorf("Unexported(%q) = %q, want %q", c.name, got, c.unexported)
		}
	}
}
