package spec

import "testing"

func TestProblemsAreSortedAndUnique(t *testing.T) {
	var ps Problems
	ps.add(Pos{"spec/vms/b.yaml", 2, 1}, "second")
	ps.add(Pos{"spec/vms/b.yaml", 10, 1}, "third")
	ps.add(Pos{"spec/vms/b.yaml", 2, 1}, "second")
	ps.add(Pos{"spec/vms/a.yaml", 3, 7}, "%d %s", 1, "first")
	ps.tidy()
	want := "spec/vms/a.yaml:3:7: 1 first\nspec/vms/b.yaml:2:1: second\nspec/vms/b.yaml:10:1: third"
	if got := ps.Error(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
