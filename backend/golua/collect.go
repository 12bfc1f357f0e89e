package golua

import lua "github.com/Shopify/go-lua"

// scrubStack clears the slots above the top. The VM does not say how many there are; but SetTop fills with nils up to the
// end of its slice and then dies of the index, which is stopped here. It also makes the VM forget dead upvalues.
func scrubStack(l *lua.State) {
	d := dataOf(l)
	d.Noted.Forget(l)
	d.Traversals.Forget()
	top := l.Top()
	defer func() {
		_ = recover()
		l.SetTop(top)
	}()
	l.SetTop(1 << 30)
}
