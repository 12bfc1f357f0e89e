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
		if !ok || v.Kind == String && TooLong(dst, len(v.Text())) {
			dst.SetTop(top)
			return i
		}
		dst.PushNeutral(v)
	}
	return 0
}

// TooLong reports whether a string of n bytes is longer than the limit of the VM that is to get it. Most strings are so
// short that the limit need not be looked up.
func TooLong(dst VM, n int) bool { return n > shortString && n > dst.Env().MaxString }

// shortString is the length up to which every VM takes a string, whatever its limit.
const shortString = 64
