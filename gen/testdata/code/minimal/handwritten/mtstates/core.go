package mtstates

import "github.com/mtstates/go-mtstates/backend"

func Raise(backend.State, error) int { return 0 }
