package mtstates

import "github.com/mtstates/go-mtstates/mtstates/internal/moduleapi"

func init() {
	moduleapi.Core = moduleapi.Functions[*Error, Ref, *State]{
		NewError:      newError,
		OpenErrors:    openErrors,
		Raise:         raise,
		CrossingError: crossingError,
		EditionOf:     editionOf,
		ToValue:       toValue,
		FromValue:     fromValue,
		PushRef:       pushRef,
		Holding:       holding,
		CallIf:        callIf,
	}
}
