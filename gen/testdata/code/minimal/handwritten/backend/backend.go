package backend

type (
	Function     func(VM) int
	Options      struct{}
	Capability   int
	Capabilities int
	Degradation  struct{}
)

func CapabilitySet(...Capability) Capabilities { return 0 }

type Backend interface {
	Name() string
	LuaVersion() string
	Capabilities() Capabilities
	Libraries() []string
	Degraded() []Degradation
	NewVM(Options) (VM, error)
}
