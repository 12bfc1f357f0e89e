package mtstates

import (
	"context"
	"errors"

	"github.com/mtstates/go-mtstates/backend"
	"github.com/mtstates/go-mtstates/backend/binding"
	"github.com/mtstates/go-mtstates/backend/crossing"
)

// Ref is a state of this process or of another one. A *State is a Ref; what [Registry.Lookup] returns may be one that
// another process has. In Lua both are handles of the type mtstates.state.
type Ref interface {
	// Call calls the callback, as [State.Call] does. The errors of a state of another process are the same, and
	// [ErrUnreachable].
	Call(ctx context.Context, args ...any) (Results, error)
	// TryCall is Call for a caller that does not wait for its turn.
	TryCall(ctx context.Context, args ...any) (Results, error)
	// Name returns the name; ok is false if the state has none.
	Name() (name string, ok bool)
	backend.Handle
}

// Cluster connects a registry with states of other processes. Package cluster has the implementation; the core knows
// only this, so that a program without a cluster links nothing of it. Its methods are called from any goroutine.
type Cluster interface {
	// Find returns the state that has a name in the cluster. The errors are [ErrUnknownObject], with details as
	// [Registry.StateByName] gives them, and [ErrUnreachable].
	Find(ctx context.Context, name string) (Ref, error)
	// Share lets other processes find st by its name, until st is closed. The error is [ErrObjectExists] if another state
	// of the cluster has the name.
	Share(ctx context.Context, st *State) error
	// Forget reports that st, which may have been shared, is closed. It returns at once and never calls st.
	Forget(st *State)
}

// ErrNoCluster is returned when a state is to be shared by a registry that no cluster has joined.
var ErrNoCluster = errors.New("mtstates: the registry has joined no cluster")

// ErrUnnamed is returned when a state without a name is to be shared.
var ErrUnnamed = errors.New("mtstates: a state without a name cannot be shared")

// ErrJoined is returned by [Registry.Join] for a registry that has a cluster already.
var ErrJoined = errors.New("mtstates: the registry has joined a cluster already")

// Join lets look-ups by name find the states of a cluster, after those of the registry itself. Only implementations of
// Cluster call it; the error is [ErrJoined].
func (r *Registry) Join(c Cluster) error {
	if !r.cluster.CompareAndSwap(nil, &c) {
		return ErrJoined
	}
	return nil
}

// Leave ends what Join began, if c is still the cluster.
func (r *Registry) Leave(c Cluster) {
	if joined := r.cluster.Load(); joined != nil && *joined == c {
		r.cluster.CompareAndSwap(joined, nil)
	}
}

// Lookup returns the state with the given name: one of this registry, or else one that another process shares in the
// cluster that the registry has joined. The errors are [ErrUnknownObject] and, from a cluster, [ErrUnreachable].
func (r *Registry) Lookup(ctx context.Context, name string) (Ref, error) {
	st, err := r.StateByName(name)
	if err == nil {
		return st, nil
	}
	if c := r.cluster.Load(); c != nil && errors.Is(err, ErrUnknownObject) {
		return (*c).Find(ctx, name)
	}
	return nil, err
}

// Share lets other processes of the cluster find a state of the registry by its name. The errors are [ErrNoCluster],
// [ErrUnnamed], [ErrObjectExists], and what the cluster adds.
func (r *Registry) Share(ctx context.Context, st *State) error {
	c := r.cluster.Load()
	switch {
	case c == nil:
		return ErrNoCluster
	case !st.named:
		return ErrUnnamed
	}
	st.owned.Pin() // others find it as long as it is shared
	return (*c).Share(ctx, st)
}

// Registry returns the registry that made the state.
func (st *State) Registry() *Registry { return st.registry }

// forget tells the cluster that a state is closed.
func (r *Registry) forget(st *State) {
	if c := r.cluster.Load(); c != nil && st.named {
		(*c).Forget(st)
	}
}

// Unlisted keeps look-ups from finding the new state by its name, which need not be unique then. A cluster gives it to
// states that are found through it alone.
func Unlisted() StateOption {
	return stateOption(func(b *blueprint) { b.unlisted = true })
}

// callIf is what [modules.CallIf] documents.
func callIf(ctx context.Context, st *State, waits bool, allowed func() error, args []backend.Value) ([]backend.Value, error) {
	o := fromGo(ctx)
	if o.depth > maxDepth {
		return nil, tooDeep()
	}
	if err := st.take(&o, waits); err != nil {
		return nil, err
	}
	defer st.release(o.depth)
	around := st.begin(&o)
	defer st.end(around)
	if err := allowed(); err != nil {
		return nil, err
	}
	if err := st.invoke(args); err != nil {
		return nil, err
	}
	defer st.vm.SetTop(st.callback)
	results, err := crossing.Read(st.vm, st.callback+1, st.vm.GetTop(), nil, st.interrupt)
	if err != nil {
		return nil, st.resultFault(nil, err, "state function", st.callback)
	}
	for i := range results {
		if results[i].Kind == backend.Userdata {
			fromValue(results[i]) // from now on the Go collector has it
		}
	}
	return results, nil
}

// holding returns the states that run the call in which a Go function got ctx, the innermost first. They cannot run
// another call before that one ends.
func holding(ctx context.Context) []*State {
	c, ok := ctx.Value(callKey{}).(*callContext)
	if !ok || c.ended.Load() {
		return nil
	}
	return c.holds
}

// pushRef pushes a handle of the type mtstates.state for ref, as the method PushTo of a Ref does.
func pushRef(vm backend.VM, ref Ref) {
	if st, ok := ref.(*State); ok {
		st.PushTo(vm)
		return
	}
	openStateClass(vm, nil)
	vm.PushUserdata(ref, stateType)
}

// openStateClass makes a VM know the class of states. The registry is for a VM of no registry.
func openStateClass(vm backend.VM, r *Registry) {
	if known(vm, stateType) {
		return
	}
	m := moduleOf(vm)
	if m == nil {
		m = &module{registry: r, env: vm.Env()}
		if r != nil {
			m.limits = r.limits
		}
	}
	binding.OpenClass(vm, raise, m, stateClass().In(editionOf(vm)))
}
