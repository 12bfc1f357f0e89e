package stdlib

// Functions returns the functions of this package by library.
func Functions() map[string]Library { return libraries() }
