package spec

import (
	"iter"
	"slices"
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

// handled yields all functions and methods as functions does, each followed by its variants.
func (s *Spec) handled() iter.Seq[*Function] {
	return func(yield func(*Function) bool) {
		for f := range s.functions() {
			if !yield(f) {
				return
			}
			for _, v := range s.variantsOf(f) {
				if !yield(v) {
					return
				}
			}
		}
	}
}

// variantsOf returns the variants of a function in the order of the editions.
func (s *Spec) variantsOf(f *Function) (variants []*Function) {
	for _, e := range s.Editions {
		if v := f.Variants[e.Name]; v != nil {
			variants = append(variants, v)
		}
	}
	return variants
}

// Promises returns all promises, module by module: those of functions, then of each class its own and those of its
// methods. Those of a variant follow the others of its entry.
func (s *Spec) Promises() []Promise {
	var all []Promise
	for _, m := range s.Modules {
		for _, f := range m.Functions {
			all = append(all, s.FunctionPromises(f)...)
		}
		for _, c := range m.Classes {
			all = append(all, s.ClassPromises(c)...)
			for _, f := range c.Methods {
				all = append(all, s.FunctionPromises(f)...)
			}
		}
	}
	return all
}

// FunctionPromises returns the promises of a function or method in all editions.
func (s *Spec) FunctionPromises(f *Function) []Promise {
	all := slices.Clone(f.Promises)
	for _, v := range s.variantsOf(f) {
		all = append(all, v.Promises...)
	}
	return all
}

// ClassPromises returns the promises of a class in all editions, without those of its methods.
func (s *Spec) ClassPromises(c *Class) []Promise {
	all := slices.Clone(c.Promises)
	for _, e := range s.Editions {
		if v := c.Variants[e.Name]; v != nil {
			all = append(all, v.Promises...)
		}
	}
	return all
}
