package backend

// TransferNeutral is Transfer between states of different VMs: each value goes through its neutral form.
func TransferNeutral(src, dst VM, from, to int) int {
	if to < from {
		return 0
	}
	if !dst.CheckStack(to - from + 1) {
		return NoRoom
	}
	top := dst.GetTop()
	for i := from; i <= to; i++ {
		v, ok := src.ToNeutral(i)
		if !ok {
			dst.SetTop(top)
			return i
		}
		dst.PushNeutral(v)
	}
	return 0
}
