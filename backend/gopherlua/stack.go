package gopherlua

import lua "github.com/yuin/gopher-lua"

// reserve tries to grow the stack: the VM does not export the size of its stack, and overflowing it raises an error.
func reserve(l *lua.LState, n int) bool {
	// The slots above the top grow with each push, and so few always fit below the limit.
	return n < initialSlots/4 || grow(l, n)
}

// grow makes room for n values on the stack.
func grow(l *lua.LState, n int) (ok bool) {
	top := l.GetTop()
	defer func() {
		if e := recover(); e != nil {
			if _, raised := e.(*lua.ApiError); !raised {
				panic(e)
			}
			ok = false
		}
		l.SetTop(top)
	}()
	l.SetTop(top + n)
	return true
}

func rotate(l *lua.LState, index, n int) {
	if n == -1 {
		v := l.Get(index)
		l.Remove(index)
		l.Push(v)
		return
	}
	for range n {
		v := l.Get(-1)
		l.Pop(1)
		l.Insert(v, index)
	}
}
