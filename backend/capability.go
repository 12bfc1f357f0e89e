package backend

// Capability is something that a backend may lack; the constants are generated from spec/capabilities.yaml.
type Capability uint8

// String returns the name of the capability in the spec.
func (c Capability) String() string { return capabilityNames[c] }

// Capabilities is a set of capabilities.
type Capabilities uint64

// CapabilitySet returns the set of the given capabilities.
func CapabilitySet(members ...Capability) Capabilities {
	var set Capabilities
	for _, c := range members {
		set |= 1 << c
	}
	return set
}

// Has reports whether c is in the set.
func (set Capabilities) Has(c Capability) bool { return set&(1<<c) != 0 }

// CapabilityNamed returns the capability with the given name in the spec.
func CapabilityNamed(name string) (c Capability, ok bool) {
	for i, n := range capabilityNames {
		if n == name {
			return Capability(i), true
		}
	}
	return 0, false
}
