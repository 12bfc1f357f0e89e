package backend

// TransferNeutral is Transfer between states of different VMs: each value goes through its neutral form.
func TransferNeutral(src, dst State, from, to int) int {
	if to < from {
		return 0
	}
	if !dst.Reserve(to - from + 1) {
		return NoRoom
	}
	top := dst.Top()
	for i := from; i <= to; i++ {
		v, ok := src.ToValue(i)
		if !ok {
			dst.SetTop(top)
			return i
		}
		dst.PushValue(v)
	}
	return 0
}
