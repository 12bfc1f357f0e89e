package backend

type (
	Function     func(VM) int
	Options      struct{}
	Capability   int
	Capabilities int
	Degradation  struct{}
	Failure      struct{}
	Value        struct{}
	Type         int
)

const (
	None Type = iota
	Nil
	Boolean
	Number
	String
	Table
	FunctionType
	Userdata
)

func NewMetatable(VM, string) bool { return false }

func CapabilitySet(...Capability) Capabilities { return 0 }

type Backend interface {
	Name() string
	LuaVersion() string
	Capabilities() Capabilities
	Libraries() []string
	Degraded() []Degradation
	NewVM(Options) (VM, error)
}
