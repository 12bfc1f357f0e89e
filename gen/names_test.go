package gen

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
		if got := exported(c.name); got != c.exported {
			t.Errorf("exported(%q) = %q, want %q", c.name, got, c.exported)
		}
		if got := unexported(c.name); got != c.unexported {
			t.Errorf("unexported(%q) = %q, want %q", c.name, got, c.unexported)
		}
	}
}
