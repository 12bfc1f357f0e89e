package binding

import "github.com/mtstates/go-mtstates/backend"

type (
	Call struct{ VM backend.VM }
	Args struct{}

	Result          struct{}
	Optional[T any] struct{}

	Function[M any] struct {
		Name     string
		Editions []string
		Call     func(m M, c Call) (int, error)
	}
	Method[M, S any] struct {
		Name     string
		Editions []string
		Call     func(m M, self S, c Call) (int, error)
	}
	Class[M, S any] struct {
		Type    string
		Methods []Method[M, S]
		Resolve func(any) (S, bool)
	}
	Raise func(backend.VM, error) int
)

func NewModule[M any](backend.VM, Raise, M, []Function[M])       {}
func OpenClass[M, S any](backend.VM, Raise, M, Class[M, S])      {}
func FunctionsIn[M any](string, []Function[M]) []Function[M]     { return nil }
func (c Class[M, S]) In(string) Class[M, S]                      { return c }
func SetField(backend.VM, string, Result)                        {}
func (Call) Args() *Args                                         { return nil }
func (Call) First() int                                          { return 0 }
func (Call) Return(error, ...Result) (int, error)                { return 0, nil }
func (*Args) Opt() *Args                                         { return nil }
func (*Args) OrNil() *Args                                       { return nil }
func (*Args) Leading(followed bool, types ...backend.Type) *Args { return nil }
func (*Args) AtLeast(float64) *Args                              { return nil }
func (*Args) Rest() int                                          { return 0 }
func (*Args) String() (v string)                                 { return }
func (*Args) Integer() (v int64)                                 { return }
func (*Args) Number() (v float64)                                { return }
func (*Args) Boolean() (v bool)                                  { return }
func (*Args) MaybeString() (v Optional[string])                  { return }
func (*Args) MaybeInteger() (v Optional[int64])                  { return }
func (*Args) MaybeNumber() (v Optional[float64])                 { return }
func (*Args) MaybeBoolean() (v Optional[bool])                   { return }
func (*Args) Any() int                                           { return 0 }
func (*Args) OneOf(...backend.Type) int                          { return 0 }
func (*Args) Union(...string) int                                { return 0 }
func (Optional[T]) Or(v T) T                                     { return v }
func Object[T any](*Args, string) (v T)                          { return }
func String(string) (r Result)                                   { return }
func Integer(int64) (r Result)                                   { return }
func Number(float64) (r Result)                                  { return }
func Boolean(bool) (r Result)                                    { return }
func Userdata(any, string) (r Result)                            { return }
func Maybe[T any](Optional[T], func(T) Result) (r Result)        { return }
func OrNil[T any](Optional[T], func(T) Result) (r Result)        { return }

type Ref[T any] struct{ Object T }

func NotNil[T comparable](T) (v Optional[T]) { return }
