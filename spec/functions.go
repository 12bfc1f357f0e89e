package spec

import (
	"iter"
)

// functions yields all functions and methods, module by module, in the order of the files.
func (s *Spec) functions() iter.Seq[*Function] {
	return func(yield func(*Function) bool) {
		for _, m := range s.Modules {
			for _, f := range m.Functions {
				if !yield(f) {
					return
				}
			}
			for _, c := range m.Classes {
				for _, f := range c.Methods {
					if !yield(f) {
						return
					}
				}
			}
		}
	}
}

// Promises returns all promises, module by module: those of functions, then of each class its own and those of its
// methods.
func (s *Spec) Promises() []Promise {
	var all []Promise
	for _, m := range s.Modules {
		for _, f := range m.Functions {
			all = append(all, f.Promises...)
		}
		for _, c := range m.Classes {
			all = append(all, c.Promises...)
			for _, f := range c.Methods {
				all = append(all, f.Promises...)
			}
		}
	}
	return all
}
