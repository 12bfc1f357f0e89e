package lua

type State struct{}

func (*State) NewTable()            {}
func (*State) SetField(int, string) {}
