package tasks_test

import (
	"errors"
	"fmt"
	"log"

	lua "github.com/yuin/gopher-lua"
)

type handOrder struct {
	Customer string
	Items    []handItem
}

type handItem struct {
	Article string
	Count   int
}

type handVerdict struct {
	OK      bool
	Reasons []string
	Counts  map[string]int
}

const handCheckOrder = `return function(order)
	local counts, reasons = {}, {}
	for _, item in ipairs(order.items) do
		counts[item.article] = (counts[item.article] or 0) + item.count
		if item.count > 5 then reasons[#reasons + 1] = "too much " .. item.article end
	end
	return {ok = #reasons == 0, reasons = reasons, counts = counts}
end`

// A struct goes into a script, and a table comes back as a struct.
func Example_structsByHand() {
	l := lua.NewState()
	defer l.Close()
	if err := l.DoString(handCheckOrder); err != nil {
		log.Fatal(err)
	}
	callback := l.Get(-1)
	o := handOrder{"Ann", []handItem{{"tea", 2}, {"bread", 6}, {"tea", 1}}}
	if err := l.CallByParam(lua.P{Fn: callback, NRet: 1, Protect: true}, o.table(l)); err != nil {
		log.Fatal(err)
	}
	v, err := toVerdict(l.Get(-1))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(v)
	// Output: {false [too much bread] map[bread:6 tea:3]}
}

func (o handOrder) table(l *lua.LState) *lua.LTable {
	items := l.NewTable()
	for _, i := range o.Items {
		t := l.NewTable()
		t.RawSetString("article", lua.LString(i.Article))
		t.RawSetString("count", lua.LNumber(i.Count))
		items.Append(t)
	}
	t := l.NewTable()
	t.RawSetString("customer", lua.LString(o.Customer))
	t.RawSetString("items", items)
	return t
}

func toVerdict(value lua.LValue) (v handVerdict, err error) {
	t, ok := value.(*lua.LTable)
	if !ok {
		return v, fmt.Errorf("table expected, got %s", value.Type())
	}
	good, ok := t.RawGetString("ok").(lua.LBool)
	if !ok {
		return v, errors.New("boolean expected at ok")
	}
	reasons, ok := t.RawGetString("reasons").(*lua.LTable)
	if !ok {
		return v, errors.New("list expected at reasons")
	}
	counts, ok := t.RawGetString("counts").(*lua.LTable)
	if !ok {
		return v, errors.New("table expected at counts")
	}
	v = handVerdict{OK: bool(good), Counts: map[string]int{}}
	for i := 1; i <= reasons.Len(); i++ {
		reason, ok := reasons.RawGetInt(i).(lua.LString)
		if !ok {
			return v, fmt.Errorf("string expected at reasons[%d]", i)
		}
		v.Reasons = append(v.Reasons, string(reason))
	}
	counts.ForEach(func(key, value lua.LValue) {
		n, ok := value.(lua.LNumber)
		if !ok || n != lua.LNumber(int(n)) {
			err = fmt.Errorf("integer expected at counts.%s", key)
			return
		}
		v.Counts[key.String()] = int(n)
	})
	return v, err
}
