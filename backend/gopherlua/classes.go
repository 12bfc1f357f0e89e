package gopherlua

import (
	"github.com/mtstates/go-mtstates/backend/gopherlua/repair/frames"
)

// HideClass implements backend.ClassHider.
func (s state) HideClass(index int) {
	if d := dataOf(s.l); d.watch != nil && frames.Repair.On() {
		d.classes.Add(tableAt(s.l, index))
	}
}
