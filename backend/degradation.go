package backend

// Degradation is a promise that a backend does not keep with the version of the VM that is linked.
type Degradation struct {
	// Repair is the name of the repair that is off, as in backend/REPAIRS.md.
	Repair string
	// Lost is what no longer holds, such as "string.dump is not available".
	Lost string
	// Reason is what the repair's probe found.
	Reason string
}

// String returns the degradation as one line.
func (d Degradation) String() string { return d.Repair + ": " + d.Lost + " (" + d.Reason + ")" }
