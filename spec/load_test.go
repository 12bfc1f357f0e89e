package spec

import "testing"

func TestFilesHaveNoProblems(t *testing.T) {
	s, err := Load(Files, "spec")
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Operations) == 0 || len(s.Modules) == 0 || len(s.VMs) == 0 {
		t.Error("the model is empty")
	}
}
